package dev.sluice.chaos.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.upload.Api.Answer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends files by the steps of the protocol and begins again from what the service says, whatever
 * goes wrong. Keeps nothing between two tries, so any other client could go on in its place.
 */
final class UploadClient {
  private static final String ROOT = "/api/v1/uploads";
  private static final Duration GIVES_UP = Duration.ofSeconds(75);
  private static final Duration PAUSE = Duration.ofMillis(60);
  private static final int WINDOW = 2;

  private final String name;
  private final Api api;
  private final Target target;
  private final History history;
  private final Duration putPatience;
  private final AtomicInteger partsToLive;

  /** Where files go. */
  record Target(String project, String dataset, String version) {}

  /** A part as clients report it. */
  record Part(int partNumber, int size, String etag) {}

  /** How a file ended. */
  record Outcome(String uploadId, String state, String reason) {
    boolean completed() {
      return state.equals("completed");
    }
  }

  /** The client is gone, as after a kill. */
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** This try came to nothing; the next begins from the service's state. */
  private static final class Again extends IOException {
    private static final long serialVersionUID = 1L;

    Again(String why) {
      super(why);
    }
  }

  UploadClient(String name, Api api, Target target, History history, Duration putPatience) {
    this(name, api, target, history, putPatience, Integer.MAX_VALUE);
  }

  /** A client that dies once it has sent this many parts. */
  UploadClient(
      String name, Api api, Target target, History history, Duration putPatience, int partsToLive) {
    this.name = name;
    this.api = api;
    this.target = target;
    this.history = history;
    this.putPatience = putPatience;
    this.partsToLive = new AtomicInteger(partsToLive);
  }

  /** Sends the file until the service says how it ended. */
  Outcome send(TrialFile file) {
    long deadline = System.nanoTime() + GIVES_UP.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        return tryOnce(file);
      } catch (IOException again) {
        history.note("%s %s again: %s".formatted(name, file.path(), again));
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    history.violated("nothing ended within " + GIVES_UP.toSeconds() + " s: " + file);
    return new Outcome("", "stuck", "");
  }

  private Outcome tryOnce(TrialFile file) throws IOException {
    JsonNode chunks = demand("GET", ROOT + "/chunks" + Api.query(named(target, file)), "");
    String id = chunks.path("uploadId").asText();
    String state = chunks.path("state").asText();
    if (chunks.path("done").asBoolean()) {
      return new Outcome(id, "completed", "");
    }
    if (state.equals("verifying")) {
      return ended(id);
    }
    if (!state.equals("open")) {
      JsonNode begun = demand("POST", ROOT, named(target, file));
      id = begun.path("uploadId").asText();
      if (!begun.path("state").asText().equals("open")) {
        return ended(id);
      }
      chunks = begun;
    }
    Map<Integer, String> there = parts(chunks);
    judgeResume(id, there);
    sendMissing(file, id, chunks, there);
    return complete(file, id);
  }

  /** What was acknowledged must be what the service speaks of, while the upload is open. */
  private void judgeResume(String id, Map<Integer, String> there) {
    history
        .acknowledged(id)
        .forEach(
            (part, etag) -> {
              if (!there.containsKey(part)) {
                history.violated(
                    "I1: part %d of %s was acknowledged and is gone".formatted(part, id));
              }
            });
  }

  private void sendMissing(TrialFile file, String id, JsonNode plan, Map<Integer, String> there)
      throws IOException {
    List<Integer> missing = new ArrayList<>();
    for (int n = 1; n <= plan.path("partCount").asInt(); n++) {
      if (!there.containsKey(n)) {
        missing.add(n);
      }
    }
    for (int from = 0; from < missing.size(); from += WINDOW) {
      sendSome(
          file,
          id,
          plan.path("partSize").asLong(),
          missing.subList(from, Math.min(missing.size(), from + WINDOW)));
    }
  }

  private void sendSome(TrialFile file, String id, long partSize, List<Integer> numbers)
      throws IOException {
    JsonNode urls = demand("POST", ROOT + "/" + id + "/urls", Map.of("partNumbers", numbers));
    List<Part> stored = new ArrayList<>();
    for (JsonNode url : urls.path("urls")) {
      if (url.hasNonNull("url")) {
        stored.add(put(file, url, partSize));
      }
    }
    demand("PUT", ROOT + "/" + id + "/chunks", Map.of("chunks", stored));
    stored.forEach(part -> history.acknowledged(id, part.partNumber(), part.etag()));
  }

  private Part put(TrialFile file, JsonNode url, long partSize) throws IOException {
    if (partsToLive.getAndDecrement() <= 0) {
      history.note(name + " dies");
      throw new Died();
    }
    int number = url.path("partNumber").asInt();
    byte[] bytes = file.part(number, partSize);
    Map<String, String> headers = new HashMap<>();
    url.path("headers").properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    history.sent(bytes.length);
    HttpResponse<String> answer = api.put(url.path("url").asText(), headers, bytes, putPatience);
    history.note("%s PUT %s part %d: %d".formatted(name, file.path(), number, answer.statusCode()));
    String etag = answer.headers().firstValue("ETag").orElse("");
    if (answer.statusCode() != 200 || etag.isEmpty()) {
      throw new Again("PUT answered " + answer.statusCode());
    }
    return new Part(number, bytes.length, etag);
  }

  private Outcome complete(TrialFile file, String id) throws IOException {
    Answer answer = ask("POST", ROOT + "/" + id + "/complete", "");
    if (answer.status() == 409) {
      throw new Again("complete refused: " + answer.code());
    }
    if (!answer.ok()) {
      throw new Again("complete answered " + answer.status());
    }
    history.note("%s completes %s: %s".formatted(name, file.path(), answer.json().path("state")));
    return ended(id);
  }

  /** Waits until the upload stands still. */
  private Outcome ended(String id) throws IOException {
    long deadline = System.nanoTime() + GIVES_UP.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode view = demand("GET", ROOT + "/" + id, "");
      String state = view.path("state").asText();
      switch (state) {
        case "verifying" -> LockSupport.parkNanos(PAUSE.toNanos());
        case "open" -> throw new Again("open again: " + view.path("reason").asText());
        case "aborted" -> throw new Again("aborted: " + view.path("reason").asText());
        default -> {
          history.note("%s %s is %s".formatted(name, id, state));
          return new Outcome(id, state, view.path("reason").asText());
        }
      }
    }
    history.violated("I12: " + id + " verifies for more than " + GIVES_UP.toSeconds() + " s");
    return new Outcome(id, "stuck", "");
  }

  /** A file as the protocol names it. */
  static Map<String, Object> named(Target target, TrialFile file) {
    Map<String, Object> named = new TreeMap<>();
    named.put("project", target.project());
    named.put("dataset", target.dataset());
    named.put("version", target.version());
    named.put("path", file.path());
    named.put("size", file.size());
    named.put("sha256", file.sha256());
    return named;
  }

  private static Map<Integer, String> parts(JsonNode chunks) {
    Map<Integer, String> parts = new TreeMap<>();
    for (JsonNode chunk : chunks.path("chunks")) {
      parts.put(chunk.path("partNumber").asInt(), chunk.path("etag").asText().replace("\"", ""));
    }
    return parts;
  }

  private JsonNode demand(String method, String path, Object body) throws IOException {
    Answer answer = ask(method, path, body);
    if (!answer.ok()) {
      throw new Again(
          "%s %s answered %d %s".formatted(method, plain(path), answer.status(), answer.code()));
    }
    return answer.json();
  }

  private Answer ask(String method, String path, @Nullable Object body) throws IOException {
    Answer answer = api.ask(method, path, body == null ? "" : body);
    if (answer.status() == 500) {
      history.serverError();
      history.note("500 from %s %s: %s".formatted(method, plain(path), answer.text()));
    }
    return answer;
  }

  private static String plain(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
