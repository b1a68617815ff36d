package dev.sluice.chaos.upload;

import dev.sluice.chaos.stack.Stack;
import dev.sluice.chaos.upload.Steps.Died;
import dev.sluice.chaos.upload.Steps.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** One set of files, one fault, until every client has ended and everything runs again. */
final class Trial {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration REST_WITHIN = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** So long after the last file ended, and its version is sealed, a crash point may be come to. */
  private static final Duration HALTS_WITHIN = Duration.ofSeconds(12);

  private static final int MOST_SAID_AGAIN = 5;

  private final Stack stack;
  private final Api api;
  private final Judge judge;
  private final EventsView events;
  private final String project;
  private final UploadFault fault;
  private final Random random;
  private final Manner manner;
  private final History history = new History();
  private final Map<TrialFile, Outcome> outcomes = new ConcurrentHashMap<>();
  private final List<TrialFile> files;
  private boolean reached = true;

  Trial(
      Stack stack,
      Api api,
      Judge judge,
      EventsView events,
      String project,
      UploadFault fault,
      Random random,
      int partSize) {
    this.stack = stack;
    this.api = api;
    this.judge = judge;
    this.events = events;
    this.project = project;
    this.fault = fault;
    this.random = random;
    this.files = TrialFile.some(random, partSize, fault.wantsCrowd());
    this.manner = Manner.of(fault, random);
    history.note(fault + " " + manner);
  }

  History history() {
    return history;
  }

  Map<TrialFile, Outcome> outcomes() {
    return Map.copyOf(outcomes);
  }

  /** Whether the crash point of this trial was come to. */
  boolean reached() {
    return reached;
  }

  /** Breaks what the fault says while files are sent; everything is whole again afterwards. */
  Place run() throws Exception {
    if (fault instanceof UploadFault.PointHit point) {
      stack.arm(point.point());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Place place = strike(threads);
      stack.serviceToStore().behave();
      stack.clientToStore().behave();
      return place;
    }
  }

  private Place strike(ExecutorService threads) throws Exception {
    switch (fault) {
      case UploadFault.Killed f -> {
        return broken(f.afterMillis(), () -> stack.kill(f.part()), threads);
      }
      case UploadFault.DatabaseStopped f -> {
        return broken(f.afterMillis(), stack::stopDatabaseAtOnce, threads);
      }
      case UploadFault.PowerCut f -> {
        return broken(f.afterMillis(), stack::killAll, threads);
      }
      case UploadFault.PointHit f -> {
        return halted(f, threads);
      }
      case UploadFault.ClientDied f -> {
        Place place = sentByMortal("a", f.afterParts(), files, threads);
        judge.whileOpen(project, history, api).forEach(history::violated);
        all(place, "b", threads).join();
        return place;
      }
      case UploadFault.TwoClients f -> {
        Place place = Place.make(api, project);
        CompletableFuture.allOf(all(place, "a", threads), all(place, "b", threads)).join();
        return place;
      }
      case UploadFault.LatePut f -> {
        Place place = Place.make(api, project);
        new LatePut(stack, api, history).send(f.after(), place, files, outcomes, threads);
        return place;
      }
      case UploadFault.StoreErrors f -> {
        Place place = Place.make(api, project);
        new Errors(random.nextLong(), f.percent()).into(stack);
        all(place, "a", threads).join();
        return place;
      }
      case UploadFault.BytesDamaged f -> {
        Place place = Place.make(api, project);
        Damage.of(f.where(), 1 + random.nextInt(2), stack);
        all(place, "a", threads).join();
        return place;
      }
      case UploadFault.BrokerAway f -> {
        Place place = Place.make(api, project);
        stack.kill("kafka");
        CompletableFuture<Void> sending = all(place, "a", threads);
        pause(f.seconds() * 1_000);
        sending.join();
        stack.startAgain();
        return place;
      }
      case UploadFault.LedgerRestored f -> {
        return ledgerRestored(f, threads);
      }
      case UploadFault.StoreRestored f -> {
        return storeRestored(f, threads);
      }
      case UploadFault.SaidAgain f -> {
        Place place = Place.make(api, project);
        all(place, "a", threads).join();
        events.sayAgain(events.of(project), f.times());
        return place;
      }
    }
  }

  private Place broken(int afterMillis, Runnable breaking, ExecutorService threads) {
    Place place = Place.make(api, project);
    CompletableFuture<Void> sending = all(place, "a", threads);
    pause(afterMillis);
    breaking.run();
    stack.startAgain();
    sending.join();
    return place;
  }

  /** The point may lie anywhere on the way, from the first event to the last clean-up. */
  private Place halted(UploadFault.PointHit point, ExecutorService threads) {
    if (point.repairs()) {
      Damage.ofParts(1, stack);
    }
    CompletableFuture<Place> sending =
        CompletableFuture.supplyAsync(
            () -> {
              Place place = Place.make(api, project);
              place.giveUpOne(files.getFirst().size(), history);
              all(place, "a", threads).join();
              return place;
            },
            threads);
    reached = comesToItsPoint(sending);
    if (!reached) {
      stack.arm("");
    }
    stack.startAgain();
    return sending.join();
  }

  private boolean comesToItsPoint(CompletableFuture<Place> sending) {
    long deadline = Long.MAX_VALUE;
    while (System.nanoTime() < deadline) {
      if (stack.serviceEndsWithin(LOOK)) {
        return true;
      }
      if (sending.isDone() && deadline == Long.MAX_VALUE) {
        deadline = System.nanoTime() + HALTS_WITHIN.toNanos();
      }
    }
    return false;
  }

  private Place sentByMortal(
      String name, int afterParts, List<TrialFile> some, ExecutorService threads) {
    Place place = Place.make(api, project);
    sending(client(place, name, afterParts), some, threads).forEach(Trial::awaitDeath);
    return place;
  }

  /** What came after the dump is unknown to the ledger afterwards, but not to store and catalog. */
  private Place ledgerRestored(UploadFault.LedgerRestored restored, ExecutorService threads)
      throws Exception {
    LedgerView ledger = new LedgerView(stack.database());
    Place place = sentByMortal("a", restored.afterParts(), files, threads);
    ledger.keep();
    all(place, "b", threads).join();
    stack.kill(Stack.UPLOAD);
    ledger.putBack();
    history.forget();
    stack.startAgain();
    all(place, "c", threads).join();
    return place;
  }

  /**
   * The ledger knows of parts that the store has no more; the upload was under way all the time.
   */
  private Place storeRestored(UploadFault.StoreRestored restored, ExecutorService threads)
      throws Exception {
    List<TrialFile> great = files.stream().filter(file -> !file.isSmall()).toList();
    int before = restored.afterParts() % 2;
    Place place = sentByMortal("a", before, great, threads);
    stack.keepBucket(Judge.bucket(project));
    sentByMortal("b", 1 - before, great, threads);
    stack.kill("s3");
    stack.putBackBucket(Judge.bucket(project));
    history.forget();
    stack.startAgain();
    all(place, "c", threads).join();
    return place;
  }

  private static void awaitDeath(CompletableFuture<Void> sending) {
    try {
      sending.join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof Died)) {
        throw e;
      }
    }
  }

  /** Says everything again, seals, says it again, and waits for rest. */
  void settle(Place place, LedgerView ledger) throws Exception {
    events.sayAgain(events.of(project), 1 + random.nextInt(MOST_SAID_AGAIN));
    if (!place.seal(outcomes.size())) {
      history.violated("I4: the version could not be sealed with " + outcomes.size() + " files");
    }
    long deadline = System.nanoTime() + REST_WITHIN.toNanos();
    while (ledger.restless(project) > 0 && System.nanoTime() < deadline) {
      pause(50);
    }
    events.sayAgain(events.of(project), 1);
  }

  private CompletableFuture<Void> all(Place place, String name, ExecutorService threads) {
    return CompletableFuture.allOf(
        sending(client(place, name, Integer.MAX_VALUE), files, threads)
            .toArray(CompletableFuture<?>[]::new));
  }

  private Steps client(Place place, String name, int partsToLive) {
    return new Steps(place.client(name, manner.sums(), PATIENCE, partsToLive), api, history);
  }

  private List<CompletableFuture<Void>> sending(
      Steps steps, List<TrialFile> some, ExecutorService threads) {
    List<TrialFile> together =
        manner.batched() ? some.stream().filter(TrialFile::isSmall).toList() : List.of();
    UploadClient alone = new UploadClient(steps);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (TrialFile file : some) {
      if (!together.contains(file)) {
        all.add(CompletableFuture.runAsync(() -> ended(file, alone.send(file)), threads));
      }
    }
    if (!together.isEmpty()) {
      all.add(
          CompletableFuture.runAsync(
              () -> new BatchClient(steps).send(together, this::ended), threads));
    }
    return all;
  }

  private void ended(TrialFile file, Outcome outcome) {
    outcomes.put(file, outcome);
  }

  static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
