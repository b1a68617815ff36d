package dev.sluice.chaos.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Processes that stand still and go on later. */
public final class Zombies {
  private static final Duration LOOK = Duration.ofMillis(20);

  private Zombies() {}

  public static void signal(String name, long pid) {
    try {
      if (new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor() != 0) {
        throw new IllegalStateException("no process " + pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static boolean stopsWithin(long pid, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      if (isStopped(pid)) {
        return true;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return false;
  }

  private static boolean isStopped(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
    } catch (IOException ended) {
      return false;
    }
  }
}
