package dev.sluice.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads how much memory a process holds, where the system has a {@code /proc}. */
final class ResidentMemory {
  private static final int KIB = 1024;

  private ResidentMemory() {}

  /** Memory of its own plus its share of shared pages where told, else all its resident pages. */
  static long bytesOf(ProcessHandle process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    long share = line(proc.resolve("smaps_rollup"), "Pss:");
    return share > 0 ? share : line(proc.resolve("status"), "VmRSS:");
  }

  private static long line(Path file, String key) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst()
          .orElse(0);
    } catch (IOException notTold) {
      return 0;
    }
  }
}
