package dev.sluice.chaos.upload;

import dev.sluice.chaos.stack.Stack;
import dev.sluice.chaos.upload.UploadClient.Died;
import dev.sluice.chaos.upload.UploadClient.Outcome;
import java.io.IOException;
import java.time.Duration;
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
  private static final Duration HALTS_WITHIN = Duration.ofSeconds(12);

  private final Stack stack;
  private final Api api;
  private final Judge judge;
  private final String project;
  private final Random random;
  private final History history = new History();
  private final Map<TrialFile, Outcome> outcomes = new ConcurrentHashMap<>();
  private final List<TrialFile> files;
  private boolean reached = true;

  Trial(Stack stack, Api api, Judge judge, String project, Random random, int partSize) {
    this.stack = stack;
    this.api = api;
    this.judge = judge;
    this.project = project;
    this.random = random;
    this.files = TrialFile.some(random, partSize);
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
  Place run(UploadFault fault, EventsView events) throws Exception {
    if (fault instanceof UploadFault.PointHit point) {
      stack.arm(point.point());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Place place = strike(fault, events, threads);
      stack.serviceToStore().behave();
      stack.clientToStore().behave();
      return place;
    }
  }

  private Place strike(UploadFault fault, EventsView events, ExecutorService threads)
      throws Exception {
    switch (fault) {
      case UploadFault.Killed f -> {
        Place place = Place.make(api, project);
        CompletableFuture<Void> sending = all(place, "a", threads);
        pause(f.afterMillis());
        stack.kill(f.part());
        return finish(place, sending);
      }
      case UploadFault.DatabaseStopped f -> {
        Place place = Place.make(api, project);
        CompletableFuture<Void> sending = all(place, "a", threads);
        pause(f.afterMillis());
        stack.stopDatabaseAtOnce();
        return finish(place, sending);
      }
      case UploadFault.PowerCut f -> {
        Place place = Place.make(api, project);
        CompletableFuture<Void> sending = all(place, "a", threads);
        pause(f.afterMillis());
        List.of("postgres", "kafka", "s3", Stack.UPLOAD).parallelStream().forEach(stack::kill);
        return finish(place, sending);
      }
      case UploadFault.PointHit f -> {
        return halted(threads);
      }
      case UploadFault.ClientDied f -> {
        return died(f, threads);
      }
      case UploadFault.TwoClients f -> {
        Place place = Place.make(api, project);
        return finish(
            place, CompletableFuture.allOf(all(place, "a", threads), all(place, "b", threads)));
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
      case UploadFault.BrokerAway f -> {
        Place place = Place.make(api, project);
        stack.kill("kafka");
        all(place, "a", threads).join();
        stack.startAgain();
        return place;
      }
      case UploadFault.LedgerRestored f -> {
        return restored(f, threads);
      }
      case UploadFault.SaidAgain f -> {
        Place place = Place.make(api, project);
        all(place, "a", threads).join();
        events.sayAgain(events.of(project), f.times());
        seal(place);
        events.sayAgain(events.of(project), 1);
        return place;
      }
    }
  }

  private Place finish(Place place, CompletableFuture<Void> sending) {
    stack.startAgain();
    sending.join();
    return place;
  }

  /** The point may lie anywhere on the way, from the first event to the last clean-up. */
  private Place halted(ExecutorService threads) {
    CompletableFuture<Place> sending =
        CompletableFuture.supplyAsync(
            () -> {
              Place place = Place.make(api, project);
              giveUpOne(place);
              all(place, "a", threads).join();
              return place;
            },
            threads);
    reached = stack.serviceEndsWithin(HALTS_WITHIN);
    if (!reached) {
      stack.arm("");
    }
    stack.startAgain();
    return sending.join();
  }

  /** An upload that is aborted again, so that what only aborting does is done too. */
  private void giveUpOne(Place place) {
    TrialFile file = TrialFile.of("given-up.bin", files.getFirst().size(), random.nextLong());
    try {
      var begun = api.ask("POST", "/api/v1/uploads", UploadClient.named(place.target(), file));
      String id = begun.json().path("uploadId").asText();
      api.ask("POST", "/api/v1/uploads/" + id + "/urls", Map.of("partNumbers", List.of(1)));
      api.ask("DELETE", "/api/v1/uploads/" + id, "");
    } catch (IOException away) {
      history.note("could not give one up: " + away);
    }
  }

  private Place died(UploadFault.ClientDied fault, ExecutorService threads) throws Exception {
    Place place = sentByMortal(fault.afterParts(), threads);
    judge.whileOpen(project, history, api).forEach(history::violated);
    all(place, "b", threads).join();
    return place;
  }

  private Place sentByMortal(int afterParts, ExecutorService threads) {
    Place place = Place.make(api, project);
    UploadClient mortal = new UploadClient("a", api, place.target(), history, PATIENCE, afterParts);
    List<CompletableFuture<Void>> sending =
        files.stream()
            .map(file -> CompletableFuture.runAsync(() -> mortal.send(file), threads))
            .toList();
    sending.forEach(Trial::awaitDeath);
    return place;
  }

  /** What came after the dump is unknown to the ledger afterwards, but not to store and catalog. */
  private Place restored(UploadFault.LedgerRestored fault, ExecutorService threads)
      throws Exception {
    LedgerView ledger = new LedgerView(stack.database());
    Place place = sentByMortal(fault.afterParts(), threads);
    ledger.keep();
    all(place, "b", threads).join();
    stack.kill(Stack.UPLOAD);
    ledger.putBack();
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

  private void seal(Place place) {
    if (!place.seal(outcomes.size())) {
      history.violated("I4: the version could not be sealed with " + outcomes.size() + " files");
    }
  }

  /** Waits for rest, and seals. */
  void settle(Place place, LedgerView ledger) throws Exception {
    seal(place);
    long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (ledger.restless(project) > 0 && System.nanoTime() < deadline) {
      pause(50);
    }
  }

  private CompletableFuture<Void> all(Place place, String name, ExecutorService threads) {
    UploadClient client = new UploadClient(name, api, place.target(), history, PATIENCE);
    return CompletableFuture.allOf(
        files.stream()
            .map(
                file ->
                    CompletableFuture.runAsync(
                        () -> outcomes.put(file, client.send(file)), threads))
            .toArray(CompletableFuture<?>[]::new));
  }

  static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
