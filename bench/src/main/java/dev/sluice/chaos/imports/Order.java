package dev.sluice.chaos.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.upload.Api;
import dev.sluice.chaos.upload.Api.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * An import as a patient person asks for it: again while nobody answers, and again when it failed.
 */
record Order(Api api, String project, List<String> urls) {
  static final String DATASET = "files";

  private static final String ROOT = "/api/v1/imports";
  private static final Set<String> OVER = Set.of("succeeded", "unchanged", "failed", "cancelled");
  private static final Duration GIVES_UP = Duration.ofMinutes(2);
  private static final long PAUSE_NANOS = Duration.ofMillis(150).toNanos();
  private static final int CONFLICT = 409;

  /** Makes the project. */
  void prepare() {
    insist("POST", "/api/v1/projects", Map.of("name", project), a -> true);
  }

  /** Asks for the import; an answer that was lost does not make a second one. */
  String request() {
    return request(body());
  }

  /** Asks for it to be followed every six hours; the first time is now. */
  String requestEvery() {
    Map<String, Object> body = new HashMap<>(body());
    body.put("every", "6h");
    return request(body);
  }

  private String request(Map<String, Object> body) {
    JsonNode there = insist("GET", ROOT + "?project=" + project, "", a -> true);
    if (!there.path("items").isEmpty()) {
      return there.path("items").path(0).path("id").asText();
    }
    try {
      Answer answer = api.ask("POST", ROOT, body);
      if (answer.ok()) {
        return answer.json().path("id").asText();
      }
    } catch (IOException lost) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    LockSupport.parkNanos(PAUSE_NANOS);
    return request(body);
  }

  /** Asks for it whatever there is already; answers its id. */
  String requestAnother() {
    return insist("POST", ROOT, body(), a -> true).path("id").asText();
  }

  private Map<String, Object> body() {
    return Map.of(
        "project",
        project,
        "dataset",
        DATASET,
        "dataType",
        "binary",
        "expand",
        true,
        "sources",
        urls.stream().map(url -> Map.of("url", url)).toList());
  }

  /** How it ended. */
  JsonNode ended(String id) {
    return insist(
        "GET", ROOT + "/" + id, "", answer -> OVER.contains(answer.json().path("state").asText()));
  }

  /** Every import of the project that there is, once there are so many. */
  List<String> all(int least) {
    JsonNode there =
        insist(
            "GET",
            ROOT + "?project=" + project,
            "",
            answer -> answer.json().path("items").size() >= least);
    return there.path("items").findValuesAsText("id");
  }

  /** Stops it; one that is over stays as it ended. */
  void cancel(String id) {
    insist("POST", ROOT + "/" + id + "/cancel", "", a -> true);
  }

  void retry(String id) {
    insist("POST", ROOT + "/" + id + "/retry", "", a -> true);
  }

  /** Lets the service find what has no owner. */
  void reconcile() {
    insist("POST", "/api/v1/uploads/reconciliations", Map.of("project", project), a -> true);
  }

  private JsonNode insist(String method, String path, Object body, Predicate<Answer> enough) {
    long deadline = System.nanoTime() + GIVES_UP.toNanos();
    String last = "";
    while (System.nanoTime() < deadline) {
      try {
        Answer answer = api.ask(method, path, body);
        if ((answer.ok() || answer.status() == CONFLICT) && enough.test(answer)) {
          return answer.json();
        }
        last = answer.status() + " " + answer.text();
      } catch (IOException away) {
        last = away.toString();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new IllegalStateException(method + " " + path + " came to no end: " + last);
  }
}
