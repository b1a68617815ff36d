package dev.sluice.chaos.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bench.upload.OurStack;
import dev.sluice.chaos.upload.Api;
import dev.sluice.client.FileEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One run of the manifest into a dataset of its own. */
final class RunTrial {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");
  private static final long LOOK_NANOS = Duration.ofMillis(300).toNanos();

  private final OurStack stack;
  private final Api api;
  private final String project;
  private final String dataset;
  private final List<String> wrong = new ArrayList<>();
  private @Nullable String id;
  private int attempt;

  RunTrial(OurStack stack, Api api, String project, String dataset) {
    this.stack = stack;
    this.api = api;
    this.project = project;
    this.dataset = dataset;
  }

  List<String> wrong() {
    return wrong;
  }

  int attempt() {
    return attempt;
  }

  /** Requests it; the answer is awaited, so that exactly one run is there. */
  void request(String manifest) throws IOException {
    Api.Answer answer = api.ask("POST", "/api/v1/runs", Api.JSON.readTree(manifest));
    if (answer.status() != 202) {
      throw new IllegalStateException("the run was refused: " + answer.text());
    }
    id = answer.json().path("id").asText();
  }

  /** Waits until it ended, however often the service is away meanwhile. */
  void await() {
    Instant deadline = Instant.now().plus(PATIENCE);
    JsonNode run = look();
    while (!ENDS.contains(run.path("state").asText())) {
      if (Instant.now().isAfter(deadline)) {
        wrong.add("it does not end: " + run);
        return;
      }
      LockSupport.parkNanos(LOOK_NANOS);
      run = look();
    }
    attempt = run.path("attempt").asInt();
    if (!"succeeded".equals(run.path("state").asText())) {
      wrong.add("it ended as " + run);
    }
  }

  private JsonNode look() {
    try {
      return api.ask("GET", "/api/v1/runs/" + id, "").json();
    } catch (IOException away) {
      return Api.JSON.nullNode();
    }
  }

  /** Its version, once it is sealed: paths, sizes and digests, which are those of the rows. */
  List<FileEntry> version() {
    Instant deadline = Instant.now().plus(PATIENCE);
    String path = "/api/v1/projects/" + project + "/datasets/" + dataset + "/versions";
    while (Instant.now().isBefore(deadline)) {
      try {
        JsonNode versions = api.ask("GET", path, "").json().path("items");
        if (versions.size() > 1) {
          wrong.add("there is more than one version: " + versions);
        }
        if ("sealed".equals(versions.path(0).path("state").asText())) {
          return stack.client().versions(project, dataset).files("v1").toList();
        }
      } catch (IOException away) {
        // It is being started again.
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    wrong.add("its version is not sealed");
    return List.of();
  }

  /** Holds the version to the undisturbed one, and its objects to their digests. */
  void judge(String reference) throws InterruptedException {
    if (!wrong.isEmpty()) {
      return;
    }
    String got = told(version());
    if (!reference.equals(got)) {
      wrong.add("its version holds " + got);
    }
    try {
      stack.sluice(project, "version", "verify", dataset + "@v1");
    } catch (IOException | IllegalStateException differs) {
      wrong.add("its objects are not what the version says: " + differs.getMessage());
    }
  }

  /** What a version holds, for comparing. */
  static String told(List<FileEntry> files) {
    return files.stream()
        .map(file -> file.path() + " " + file.size() + " " + file.sha256())
        .sorted()
        .toList()
        .toString();
  }
}
