package dev.sluice.chaos.catalog;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what is to come true by itself. */
final class Waits {
  private static final int LOOK_MILLIS = 100;

  private Waits() {}

  static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  /** Whether it came true within the limit. */
  static boolean until(Duration limit, Callable<Boolean> done) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!done.call()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause(LOOK_MILLIS);
    }
    return true;
  }
}
