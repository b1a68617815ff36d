package dev.sluice.chaos.imports;

import dev.sluice.chaos.stack.Stack;
import dev.sluice.chaos.upload.LedgerView;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** One strike while several imports run, until all have ended and everything runs again. */
final class Round {
  private static final Duration HALTS_WITHIN = Duration.ofSeconds(40);
  private static final Duration LATE = Duration.ofSeconds(20);
  private static final int SOON_MILLIS = 1_500;
  private static final int AWAY_MILLIS = 4_000;
  private static final int TAKEN_IN_MILLIS = 1_500;

  private final Stack stack;
  private final LedgerView ledger;
  private final List<ImportTrial> trials;
  private final Random random;
  private boolean reached = true;

  Round(Stack stack, LedgerView ledger, List<ImportTrial> trials, Random random) {
    this.stack = stack;
    this.ledger = ledger;
    this.trials = trials;
    this.random = random;
  }

  /** Whether the crash point of this round was come to. */
  boolean reached() {
    return reached;
  }

  void run(ImportFault fault, Consumer<String> sayAgain) {
    if (fault instanceof ImportFault.PointHit point) {
      stack.arm(point.point());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      strike(fault, sayAgain, threads);
      stack.serviceToStore().behave();
    }
  }

  private void strike(ImportFault fault, Consumer<String> sayAgain, ExecutorService threads) {
    switch (fault) {
      case ImportFault.Killed f -> {
        CompletableFuture<Void> running = all(threads);
        pause(f.afterMillis());
        f.parts().parallelStream().forEach(stack::kill);
        finish(running);
      }
      case ImportFault.DatabaseStopped f -> {
        CompletableFuture<Void> running = all(threads);
        pause(f.afterMillis());
        stack.stopDatabaseAtOnce();
        finish(running);
      }
      case ImportFault.PointHit f -> {
        CompletableFuture<Void> running = each(threads, towards(f.point()));
        reached = stack.serviceEndsWithin(HALTS_WITHIN);
        if (!reached) {
          stack.arm("");
        }
        finish(running);
      }
      case ImportFault.SourcesOnly f -> all(threads).join();
      case ImportFault.StoreErrors f -> {
        stack.serviceToStore().decide(StoreTrouble.errors(f.percent(), random));
        all(threads).join();
      }
      case ImportFault.BrokerAway f -> {
        CompletableFuture<Void> running = all(threads);
        stack.kill("kafka");
        pause(AWAY_MILLIS);
        finish(running);
      }
      case ImportFault.SaidAgain f -> {
        all(threads).join();
        for (int i = 0; i < f.times(); i++) {
          trials.forEach(trial -> sayAgain.accept(trial.order().project()));
        }
        pause(TAKEN_IN_MILLIS);
      }
      case ImportFault.Cancelled f ->
          each(threads, trial -> trial.runCancelled(f.afterMillis())).join();
      case ImportFault.Scheduled f -> {
        CompletableFuture<Void> running = each(threads, trial -> trial.runAgain(ledger));
        pause(f.afterMillis());
        stack.kill(Stack.UPLOAD);
        finish(running);
      }
      case ImportFault.AskedTwice f -> each(threads, ImportTrial::runTwice).join();
      case ImportFault.LatePut f -> {
        CountDownLatch late = new CountDownLatch(1);
        stack.serviceToStore().decide(StoreTrouble.holdingOne(late));
        CompletableFuture<Void> running = all(threads);
        pause(f.afterMillis());
        stack.kill(Stack.UPLOAD);
        finish(running);
        late.countDown();
        stack.serviceToStore().awaitIdle(LATE);
      }
    }
  }

  /** What has to be done so that the service comes to a crash point. */
  private Consumer<ImportTrial> towards(String point) {
    return switch (point) {
      case "import.cancel.afterCommit" -> trial -> trial.runCancelled(random.nextInt(SOON_MILLIS));
      case "import.schedule.afterCommit" -> trial -> trial.runAgain(ledger);
      default -> ImportTrial::run;
    };
  }

  private void finish(CompletableFuture<Void> running) {
    stack.startAgain();
    running.join();
  }

  private CompletableFuture<Void> all(ExecutorService threads) {
    return each(threads, ImportTrial::run);
  }

  private CompletableFuture<Void> each(ExecutorService threads, Consumer<ImportTrial> work) {
    return CompletableFuture.allOf(
        trials.stream()
            .map(trial -> CompletableFuture.runAsync(() -> work.accept(trial), threads))
            .toArray(CompletableFuture<?>[]::new));
  }

  static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
