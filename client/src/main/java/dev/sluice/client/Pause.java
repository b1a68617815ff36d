package dev.sluice.client;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waiting that can be interrupted. */
public final class Pause {

  private Pause() {}

  /**
   * Blocks the calling thread for the given time.
   *
   * @throws SluiceUnavailableException when the thread is interrupted; its flag is set again
   */
  public static void of(Duration time) {
    try {
      boolean never = new Semaphore(0).tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
      assert !never;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SluiceUnavailableException("interrupted while waiting", e);
    }
  }
}
