package dev.sluice.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A pid with the moment its process started, in milliseconds since 1970.
 *
 * <p>Systems tell the start time to a hundredth of a second and relative to the boot time, which
 * drifts with the clock; hence the tolerance.
 */
record PidRecord(long pid, long startedMillis) {
  private static final long TOLERANCE_MILLIS = 2_000;

  static PidRecord of(ProcessHandle process) {
    return new PidRecord(process.pid(), startOf(process));
  }

  static Optional<PidRecord> read(Path file) {
    try {
      String[] words = Files.readString(file).strip().split(" ", -1);
      return words.length == 2
          ? Optional.of(new PidRecord(Long.parseLong(words[0]), Long.parseLong(words[1])))
          : Optional.empty();
    } catch (NoSuchFileException never) {
      return Optional.empty();
    } catch (NumberFormatException damaged) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  String text() {
    return pid + " " + startedMillis + "\n";
  }

  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(this::isTheSame)
        .filter(running -> !isZombie());
  }

  /** Whether it ended and only its parent has not asked for its exit status yet. */
  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException notTold) {
      return false;
    }
  }

  private boolean isTheSame(ProcessHandle candidate) {
    return Math.abs(startOf(candidate) - startedMillis) <= TOLERANCE_MILLIS;
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
