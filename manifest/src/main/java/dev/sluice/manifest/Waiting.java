package dev.sluice.manifest;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what is done elsewhere. */
final class Waiting {
  private Waiting() {}

  /** What came of it; what it failed with is thrown here. An interrupt is kept for later. */
  static <T> T result(Future<T> work) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return work.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
