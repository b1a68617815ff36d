package dev.sluice.upload.importing.transfer;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** One replica's work on one import: how much it has sent, and whether it is still wanted. */
public final class Run {
  private final CountDownLatch stop = new CountDownLatch(1);
  private final LongAdder inFlight = new LongAdder();

  /** Ends all pauses; whoever asks next is told. */
  public void stop() {
    stop.countDown();
  }

  public boolean stopped() {
    return stop.getCount() == 0;
  }

  /**
   * Does nothing for that long.
   *
   * @throws CancellationException when the work is not wanted any more
   */
  public void pause(Duration time) {
    try {
      if (stop.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CancellationException("stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  /**
   * Goes on only while the work is wanted.
   *
   * @throws CancellationException when it is not
   */
  public void check() {
    if (stopped() || Thread.currentThread().isInterrupted()) {
      throw interrupted();
    }
  }

  static CancellationException interrupted() {
    return new CancellationException("interrupted");
  }

  /** Bytes in the store of files that are not complete yet. */
  public long inFlight() {
    return Math.max(0, inFlight.sum());
  }

  /** Counts the bytes of one file until its upload is complete. */
  Tally tally() {
    return new Tally();
  }

  /** Bytes of one file; once it is closed, the ledger knows them or they have to go again. */
  final class Tally implements AutoCloseable {
    private final LongAdder bytes = new LongAdder();

    /** More bytes are in the store; negative when they have to go again. */
    void add(long more) {
      bytes.add(more);
      inFlight.add(more);
    }

    @Override
    public void close() {
      inFlight.add(-bytes.sumThenReset());
    }
  }
}
