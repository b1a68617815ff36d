package dev.sluice.chaos.upload;

import dev.sluice.chaos.proxy.FaultProxy.Asked;
import dev.sluice.chaos.proxy.Mischief;
import dev.sluice.chaos.stack.Stack;
import java.util.Random;

/** What goes wrong between store and service, and between store and clients, with a chance each. */
final class Errors {
  private static final int HUNDRED = 100;

  private final Random random;
  private final int percent;

  Errors(long seed, int percent) {
    this.random = new Random(seed);
    this.percent = percent;
  }

  /** Lets both proxies do it. */
  void into(Stack stack) {
    stack.serviceToStore().decide(this::toService);
    stack.clientToStore().decide(this::toClient);
  }

  private synchronized Mischief toService(Asked asked) {
    if (random.nextInt(HUNDRED) >= percent) {
      return Mischief.NONE;
    }
    if (asked.merges() && random.nextBoolean()) {
      return new Mischief.OkWithError(random.nextBoolean());
    }
    return any();
  }

  private synchronized Mischief toClient(Asked asked) {
    return asked.brings() && random.nextInt(HUNDRED) < percent ? any() : Mischief.NONE;
  }

  private Mischief any() {
    return switch (random.nextInt(6)) {
      case 0 -> new Mischief.Delay(random.nextInt(400));
      case 1 -> new Mischief.ResetMidBody();
      case 2 -> new Mischief.SlowDown();
      case 3 -> new Mischief.ErrorAfterCommit();
      case 4 -> new Mischief.AnswerLost();
      default -> new Mischief.AnswerTruncated();
    };
  }
}
