package dev.sluice.chaos.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.upload.Api.Answer;
import dev.sluice.chaos.upload.UploadClient.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A project, a dataset and a draft of a trial's own. */
record Place(Api api, Target target) {
  private static final Duration GIVES_UP = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int CONFLICT = 409;

  /** Makes them; tries again while a part is down. */
  static Place make(Api api, String project) {
    insist(api, "/api/v1/projects", Map.of("name", project));
    String datasets = "/api/v1/projects/" + project + "/datasets";
    insist(api, datasets, Map.of("name", "files", "dataType", "binary"));
    JsonNode draft = insist(api, datasets + "/files/versions", "");
    String version = draft.path("version").asText("v1");
    return new Place(api, new Target(project, "files", version));
  }

  /** Seals the draft once it has so many files; false when it never has. */
  boolean seal(int files) {
    String seal =
        "/api/v1/projects/%s/datasets/files/versions/%s/seal"
            .formatted(target.project(), target.version());
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

  /** Lets the service find what has no owner; answers how much it found. */
  long reconcile() throws IOException {
    JsonNode found =
        insist(api, "/api/v1/uploads/reconciliations", Map.of("project", target.project()));
    long all = 0;
    for (JsonNode kind : found) {
      all += Math.max(kind.path("orphans").asLong(), kind.path("found").asLong());
    }
    return all;
  }

  private static JsonNode insist(Api api, String path, Object body) {
    long deadline = System.nanoTime() + GIVES_UP.toNanos();
    String last = "";
    while (System.nanoTime() < deadline) {
      try {
        Answer answer = api.ask("POST", path, body);
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
