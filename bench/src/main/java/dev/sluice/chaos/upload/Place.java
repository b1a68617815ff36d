package dev.sluice.chaos.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.upload.Api.Answer;
import dev.sluice.chaos.upload.Steps.Client;
import dev.sluice.chaos.upload.Steps.Sums;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A project, a dataset and a draft of a trial's own. */
record Place(Api api, String project, String version) {
  private static final String DATASET = "files";
  private static final Duration GIVES_UP = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int CONFLICT = 409;

  /** Makes them; tries again while a part is down. */
  static Place make(Api api, String project) {
    insist(api, "/api/v1/projects", Map.of("name", project));
    String datasets = "/api/v1/projects/" + project + "/datasets";
    insist(api, datasets, Map.of("name", DATASET, "dataType", "binary"));
    JsonNode draft = insist(api, datasets + "/" + DATASET + "/versions", "");
    String version = draft.path("version").asText("v1");
    return new Place(api, project, version);
  }

  /** A client that sends here. */
  Client client(String name, Sums sums, Duration putPatience, int partsToLive) {
    return new Client(name, project, DATASET, version, sums, putPatience, partsToLive);
  }

  /** A file as the protocol names it. */
  Map<String, Object> named(TrialFile file) {
    return new Steps(client("", Sums.NONE, GIVES_UP, 0), api, new History()).named(file);
  }

  /** An upload that is aborted again, so that what only aborting does is done too. */
  void giveUpOne(int size, History history) {
    TrialFile file = TrialFile.of("given-up.bin", size, size);
    try {
      String id = api.ask("POST", Steps.ROOT, named(file)).json().path("uploadId").asText();
      api.ask("POST", Steps.ROOT + "/" + id + "/urls", Map.of("partNumbers", List.of(1)));
      api.ask("DELETE", Steps.ROOT + "/" + id, "");
    } catch (IOException away) {
      history.note("could not give one up: " + away);
    }
  }

  /** Seals the draft once it has so many files; false when it never has. */
  boolean seal(int files) {
    String seal =
        "/api/v1/projects/%s/datasets/%s/versions/%s/seal".formatted(project, DATASET, version);
    long deadline = System.nanoTime() + GIVES_UP.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (api.ask("POST", seal, Map.of("expectedFiles", files)).ok()) {
          return true;
        }
      } catch (IOException away) {
        // asked again
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return false;
  }

  /** The files of the version as people see them. */
  List<JsonNode> files() {
    String files =
        "/api/v1/projects/%s/datasets/%s/versions/%s/files?limit=1000"
            .formatted(project, DATASET, version);
    JsonNode page = insist(api, "GET", files, "");
    List<JsonNode> all = new ArrayList<>();
    page.path("items").forEach(all::add);
    return all;
  }

  /** Lets the service find what has no owner; answers how much it found. */
  long reconcile() throws IOException {
    JsonNode found = insist(api, "/api/v1/uploads/reconciliations", Map.of("project", project));
    long all = 0;
    for (JsonNode kind : found) {
      all += Math.max(kind.path("orphans").asLong(), kind.path("found").asLong());
    }
    return all;
  }

  private static JsonNode insist(Api api, String path, Object body) {
    return insist(api, "POST", path, body);
  }

  private static JsonNode insist(Api api, String method, String path, Object body) {
    long deadline = System.nanoTime() + GIVES_UP.toNanos();
    String last = "";
    while (System.nanoTime() < deadline) {
      try {
        Answer answer = api.ask(method, path, body);
        if (answer.ok() || answer.status() == CONFLICT) {
          return answer.json();
        }
        last = answer.status() + " " + answer.text();
      } catch (IOException away) {
        last = away.toString();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IllegalStateException(path + " could not be made: " + last);
  }
}
