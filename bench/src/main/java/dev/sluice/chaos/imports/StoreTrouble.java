package dev.sluice.chaos.imports;

import dev.sluice.chaos.proxy.FaultProxy.Asked;
import dev.sluice.chaos.proxy.Mischief;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** What goes wrong between the service and the store. */
final class StoreTrouble {
  private static final int HUNDRED = 100;

  private StoreTrouble() {}

  /** Each request goes wrong with this chance. */
  static Function<Asked, Mischief> errors(int percent, Random random) {
    return asked -> {
      synchronized (random) {
        return random.nextInt(HUNDRED) < percent ? any(asked, random) : Mischief.NONE;
      }
    };
  }

  private static Mischief any(Asked asked, Random random) {
    if (asked.merges() && random.nextBoolean()) {
      return new Mischief.OkWithError(random.nextBoolean());
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Mischief.Delay(random.nextInt(400));
      case 1 -> new Mischief.ResetMidBody();
      case 2 -> new Mischief.SlowDown();
      case 3 -> new Mischief.ErrorAfterCommit();
      case 4 -> new Mischief.AnswerLost();
      default -> new Mischief.AnswerTruncated();
    };
  }

  /** The first part that comes waits until the latch opens. */
  static Function<Asked, Mischief> holdingOne(CountDownLatch latch) {
    AtomicBoolean held = new AtomicBoolean();
    return asked ->
        asked.brings() && held.compareAndSet(false, true)
            ? new Mischief.Hold(latch)
            : Mischief.NONE;
  }
}
