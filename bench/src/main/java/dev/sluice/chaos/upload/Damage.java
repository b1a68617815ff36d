package dev.sluice.chaos.upload;

import dev.sluice.chaos.proxy.FaultProxy;
import dev.sluice.chaos.proxy.FaultProxy.Asked;
import dev.sluice.chaos.proxy.Mischief;
import dev.sluice.chaos.stack.Stack;
import dev.sluice.chaos.upload.UploadFault.Where;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Makes some bytes others, a few times. */
final class Damage {
  private final AtomicInteger left;
  private final Predicate<Asked> chosen;
  private final Mischief mischief;

  private Damage(int times, Predicate<Asked> chosen, Mischief mischief) {
    this.left = new AtomicInteger(times);
    this.chosen = chosen;
    this.mischief = mischief;
  }

  /** The first so many bodies of this place are damaged. */
  static void of(Where where, int times, Stack stack) {
    switch (where) {
      case ON_THE_WAY -> into(stack.clientToStore(), times, Asked::brings, new Mischief.Damaged());
      case AT_REST ->
          into(stack.serviceToStore(), times, Asked::readsObject, new Mischief.AnswerDamaged());
    }
  }

  /** The first so many parts of files of several parts are damaged on their way. */
  static void ofParts(int times, Stack stack) {
    into(
        stack.clientToStore(),
        times,
        asked -> asked.brings() && asked.target().contains("partNumber="),
        new Mischief.Damaged());
  }

  private static void into(
      FaultProxy proxy, int times, Predicate<Asked> chosen, Mischief mischief) {
    proxy.decide(new Damage(times, chosen, mischief)::decide);
  }

  private Mischief decide(Asked asked) {
    return chosen.test(asked) && left.getAndDecrement() > 0 ? mischief : Mischief.NONE;
  }
}
