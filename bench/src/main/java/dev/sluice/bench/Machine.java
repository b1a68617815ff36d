package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Where and when figures were made; nothing that names a host or a place on it.
 *
 * @param load jobs that wanted a core in the minute before the start
 */
public record Machine(
    String date, int cores, long memoryMiB, String cpu, String jdk, String kernel, String load) {
  private static final int KIB = 1024;

  /** This machine, now. */
  public static Machine here() {
    return new Machine(
        Instant.now().toString(),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(fact("/proc/meminfo", "MemTotal:", "0").replaceAll("\\D", "")) / KIB,
        fact("/proc/cpuinfo", "model name", "unknown").replaceFirst("^\\s*:\\s*", ""),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        firstWord("/proc/loadavg"));
  }

  private static String fact(String file, String name, String otherwise) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException notTold) {
      return otherwise;
    }
  }

  private static String firstWord(String file) {
    try {
      return Files.readString(Path.of(file)).split(" ", 2)[0];
    } catch (IOException notTold) {
      return "unknown";
    }
  }
}
