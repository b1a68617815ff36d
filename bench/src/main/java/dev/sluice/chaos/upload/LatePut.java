package dev.sluice.chaos.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.proxy.FaultProxy.Asked;
import dev.sluice.chaos.proxy.Mischief;
import dev.sluice.chaos.stack.Stack;
import dev.sluice.chaos.upload.Steps.Outcome;
import dev.sluice.chaos.upload.Steps.Sums;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** Bytes of a superseded attempt arrive after the attempt that counts. */
final class LatePut {
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(5);

  private final Stack stack;
  private final Api api;
  private final History history;
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger held = new AtomicInteger();

  LatePut(Stack stack, Api api, History history) {
    this.stack = stack;
    this.api = api;
    this.history = history;
  }

  void send(
      UploadFault.After after,
      Place place,
      List<TrialFile> files,
      Map<TrialFile, Outcome> outcomes,
      ExecutorService threads)
      throws IOException {
    switch (after) {
      case RETRY -> {
        holdOneOf(files.size());
        sendAll(place, files, outcomes, threads);
      }
      case ABORT -> {
        holdOneOf(1);
        for (TrialFile file : files) {
          abandoned(place, file);
        }
        sendAll(place, files, outcomes, threads);
      }
      case COMPLETION -> {
        sendAll(place, files, outcomes, threads);
        overwrite(place, files, outcomes);
      }
    }
    release.countDown();
    stack.clientToStore().awaitIdle(LONG);
  }

  private void holdOneOf(int every) {
    stack
        .clientToStore()
        .decide(asked -> holds(asked, every) ? new Mischief.Hold(release) : Mischief.NONE);
  }

  private boolean holds(Asked asked, int every) {
    return release.getCount() > 0 && asked.brings() && held.getAndIncrement() < every;
  }

  /** Other content on its way to the same path; it is given up with its first part still held. */
  private void abandoned(Place place, TrialFile file) throws IOException {
    held.set(0);
    TrialFile other = TrialFile.of(file.path(), file.size(), file.sha256().hashCode());
    JsonNode begun = api.ask("POST", Steps.ROOT, place.named(other)).json();
    String id = begun.path("uploadId").asText();
    JsonNode url = firstUrl(id);
    try {
      api.put(
          url.path("url").asText(),
          Map.of(),
          other.part(1, begun.path("partSize").asLong()),
          SHORT);
    } catch (HttpTimeoutException heldAsWanted) {
      history.note("a part of " + id + " is held");
    }
    api.ask("DELETE", Steps.ROOT + "/" + id, "");
  }

  /** The addresses of an upload that is completed by then bring other bytes of the same length. */
  private void overwrite(Place place, List<TrialFile> files, Map<TrialFile, Outcome> outcomes)
      throws IOException {
    TrialFile last = files.getLast();
    TrialFile file = TrialFile.of("late.bin", last.size() + 1, last.sha256().hashCode());
    JsonNode begun = api.ask("POST", Steps.ROOT, place.named(file)).json();
    String id = begun.path("uploadId").asText();
    String url = firstUrl(id).path("url").asText();
    api.put(url, Map.of(), file.part(1, file.size()), LONG);
    Outcome outcome = client(place, LONG).send(file);
    byte[] others = new byte[file.size()];
    int status = api.put(url, Map.of(), others, LONG).statusCode();
    history.note("other bytes after the completion of %s: %d".formatted(id, status));
    outcomes.put(file, outcome);
  }

  private UploadClient client(Place place, Duration patience) {
    return new UploadClient(
        new Steps(place.client("a", Sums.NONE, patience, Integer.MAX_VALUE), api, history));
  }

  private JsonNode firstUrl(String id) throws IOException {
    return api.ask("POST", Steps.ROOT + "/" + id + "/urls", Map.of("partNumbers", List.of(1)))
        .json()
        .path("urls")
        .path(0);
  }

  private void sendAll(
      Place place,
      List<TrialFile> files,
      Map<TrialFile, Outcome> outcomes,
      ExecutorService threads) {
    UploadClient client = client(place, SHORT);
    files.stream()
        .map(
            file ->
                CompletableFuture.runAsync(() -> outcomes.put(file, client.send(file)), threads))
        .toList()
        .forEach(CompletableFuture::join);
  }
}
