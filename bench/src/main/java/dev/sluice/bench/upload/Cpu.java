package dev.sluice.bench.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Processor seconds as Linux counts them, in hundredths. */
public final class Cpu {
  private static final double TICKS_PER_SECOND = 100;

  /** Fields of {@code /proc/<pid>/stat} after the name: user, system, and those of the dead. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;
  private static final int DEAD_USER = 13;
  private static final int DEAD_SYSTEM = 14;

  private Cpu() {}

  /** Of the children of this process that have ended and been waited for. */
  static double ofChildren() {
    String[] fields = fields(Path.of("/proc/self/stat"));
    return (ticks(fields, DEAD_USER) + ticks(fields, DEAD_SYSTEM)) / TICKS_PER_SECOND;
  }

  /** Of processes and everything that their main threads started, alive or dead. */
  public static double of(List<ProcessHandle> processes) {
    return processes.stream()
        .mapToLong(ProcessHandle::pid)
        .flatMap(Cpu::family)
        .distinct()
        .mapToDouble(Cpu::of)
        .sum();
  }

  /** Asked of the kernel process by process: a look through all of them costs what it measures. */
  private static LongStream family(long pid) {
    Path children = Path.of("/proc/%d/task/%d/children".formatted(pid, pid));
    try {
      LongStream all =
          Arrays.stream(Files.readString(children).strip().split(" ", -1))
              .filter(each -> !each.isEmpty())
              .mapToLong(Long::parseLong)
              .flatMap(Cpu::family);
      return LongStream.concat(LongStream.of(pid), all);
    } catch (IOException gone) {
      return LongStream.of(pid);
    }
  }

  private static double of(long pid) {
    try {
      String[] fields = fields(Path.of("/proc", Long.toString(pid), "stat"));
      return Stream.of(USER, SYSTEM, DEAD_USER, DEAD_SYSTEM)
              .mapToDouble(field -> ticks(fields, field))
              .sum()
          / TICKS_PER_SECOND;
    } catch (UncheckedIOException gone) {
      return 0;
    }
  }

  private static double ticks(String[] fields, int field) {
    return Double.parseDouble(fields[field]);
  }

  private static String[] fields(Path stat) {
    try {
      String text = Files.readString(stat);
      return Arrays.stream(text.substring(text.lastIndexOf(')') + 2).strip().split(" ", -1))
          .toArray(String[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
