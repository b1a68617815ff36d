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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What clients ask of service and store, written into the history. */
final class Steps {
  static final String ROOT = "/api/v1/uploads";

  /** After this time a client says that something is stuck. */
  static final Duration GIVES_UP = Duration.ofMinutes(3);

  private static final Duration PAUSE = Duration.ofMillis(60);

  /** A client that is refused again and again asks less often, up to so many times less. */
  private static final int MOST_PAUSES = 8;

  private static final Pattern WANTED_AGAIN =
      Pattern.compile("parts? ([0-9, ]+) must be sent again");

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private final Client client;
  private final Api api;
  private final History history;
  private final AtomicInteger partsToLive;

  /**
   * A client.
   *
   * @param name in the history
   * @param project where its files go
   * @param sums whether and how it tells checksums of parts
   * @param putPatience how long it waits for the store
   * @param partsToLive after so many parts it is gone
   */
  record Client(
      String name,
      String project,
      String dataset,
      String version,
      Sums sums,
      Duration putPatience,
      int partsToLive) {}

  /** What a client does with the CRC-32C of its parts. */
  enum Sums {
    /** It knows none. */
    NONE,
    /** It binds addresses to them: the store refuses other bytes. */
    BOUND,
    /** It tells them afterwards: reading back finds other bytes, and the part is sent again. */
    TOLD
  }

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
  static final class Again extends IOException {
    private static final long serialVersionUID = 1L;

    Again(String why) {
      super(why);
    }
  }

  Steps(Client client, Api api, History history) {
    this.client = client;
    this.api = api;
    this.history = history;
    this.partsToLive = new AtomicInteger(client.partsToLive());
  }

  History history() {
    return history;
  }

  Sums sums() {
    return client.sums();
  }

  void note(String line) {
    history.note(client.name() + " " + line);
  }

  /** Waits before a next try, the longer the more of them came to nothing. */
  static void pause(int tries) {
    LockSupport.parkNanos(PAUSE.toNanos() * Math.min(MOST_PAUSES, tries));
  }

  /** A file as the protocol names it. */
  Map<String, Object> named(TrialFile file) {
    Map<String, Object> named = new TreeMap<>();
    named.put("project", client.project());
    named.put("dataset", client.dataset());
    named.put("version", client.version());
    named.put("path", file.path());
    named.put("size", file.size());
    named.put("sha256", file.sha256());
    return named;
  }

  /** Files of the draft, as the protocol names them. */
  Map<String, Object> batch(List<TrialFile> files) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (TrialFile file : files) {
      Map<String, Object> each = new TreeMap<>();
      each.put("path", file.path());
      each.put("size", file.size());
      each.put("sha256", file.sha256());
      if (sums() == Sums.BOUND) {
        each.put("crc32c", file.crc32c(1, file.size()));
      }
      all.add(each);
    }
    return Map.of(
        "project", client.project(),
        "dataset", client.dataset(),
        "version", client.version(),
        "files", all);
  }

  String project() {
    return client.project();
  }

  /** PUTs a part where an address says. */
  Part put(TrialFile file, JsonNode url, long partSize) throws IOException {
    if (partsToLive.getAndDecrement() <= 0) {
      note("dies");
      throw new Died();
    }
    int number = url.path("partNumber").asInt();
    byte[] bytes = file.part(number, partSize);
    Map<String, String> headers = new HashMap<>();
    url.path("headers").properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    history.sent(bytes.length);
    HttpResponse<String> answer =
        api.put(url.path("url").asText(), headers, bytes, client.putPatience());
    note("PUT %s part %d: %d".formatted(file.path(), number, answer.statusCode()));
    String etag = answer.headers().firstValue("ETag").orElse("");
    if (answer.statusCode() != 200 || etag.isEmpty()) {
      throw new Again("PUT answered " + answer.statusCode());
    }
    return new Part(number, bytes.length, etag);
  }

  /** Waits until the upload stands still. */
  Outcome ended(String id) throws IOException {
    long deadline = System.nanoTime() + GIVES_UP.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode view = view(id);
      String state = view.path("state").asText();
      switch (state) {
        case "verifying" -> LockSupport.parkNanos(PAUSE.toNanos());
        case "open" -> throw new Again("open again: " + view.path("reason").asText());
        case "aborted" -> throw new Again("aborted: " + view.path("reason").asText());
        default -> {
          note("%s is %s".formatted(id, state));
          return new Outcome(id, state, view.path("reason").asText());
        }
      }
    }
    history.violated("I12: " + id + " verifies for more than " + GIVES_UP.toSeconds() + " s");
    return new Outcome(id, "stuck", "");
  }

  /** The upload; parts that it wants again are not held against the service. */
  JsonNode view(String id) throws IOException {
    JsonNode view = demand("GET", ROOT + "/" + id, "");
    if (view.path("state").asText().equals("open")) {
      Matcher wanted = WANTED_AGAIN.matcher(view.path("reason").asText());
      if (wanted.find()) {
        NUMBER
            .matcher(wanted.group(1))
            .results()
            .forEach(number -> history.wantedAgain(id, Integer.parseInt(number.group())));
      }
    }
    return view;
  }

  JsonNode demand(String method, String path, Object body) throws IOException {
    Answer answer = ask(method, path, body);
    if (!answer.ok()) {
      throw new Again(
          "%s %s answered %d %s".formatted(method, plain(path), answer.status(), answer.code()));
    }
    return answer.json();
  }

  Answer ask(String method, String path, Object body) throws IOException {
    Answer answer = api.ask(method, path, body);
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
