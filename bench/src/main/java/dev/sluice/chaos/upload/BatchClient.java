package dev.sluice.chaos.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.upload.Steps.Outcome;
import dev.sluice.chaos.upload.Steps.Part;
import dev.sluice.chaos.upload.Steps.Sums;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Sends small files together: one call to announce, one PUT each, one call to end. Announces again
 * whatever has not ended, and keeps nothing else between two tries.
 */
record BatchClient(Steps steps) {

  /** A file that was PUT now, and the upload it belongs to. */
  private record Put(TrialFile file, String id, Part part) {}

  /** Sends the files until the service says how each ended, and tells each end. */
  void send(List<TrialFile> files, BiConsumer<TrialFile, Outcome> ends) {
    long deadline = System.nanoTime() + Steps.GIVES_UP.toNanos();
    List<TrialFile> left = new ArrayList<>(files);
    for (int tries = 1; !left.isEmpty() && System.nanoTime() < deadline; tries++) {
      try {
        tryOnce(left, ends);
      } catch (IOException again) {
        steps.note("batch of %d again: %s".formatted(left.size(), again));
        Steps.pause(tries);
      }
    }
    for (TrialFile file : left) {
      steps
          .history()
          .violated("nothing ended within " + Steps.GIVES_UP.toSeconds() + " s: " + file);
      ends.accept(file, new Outcome("", "stuck", ""));
    }
  }

  private void tryOnce(List<TrialFile> left, BiConsumer<TrialFile, Outcome> ends)
      throws IOException {
    JsonNode answer = steps.demand("POST", Steps.ROOT + "/batch", steps.batch(left));
    Map<TrialFile, String> ids = new HashMap<>();
    List<Put> put = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      JsonNode begun = answer.path("files").path(i);
      TrialFile file = left.get(i);
      if (begun.hasNonNull("problem")) {
        throw new Steps.Again(file.path() + ": " + begun.path("problem").path("detail").asText());
      }
      String id = begun.path("uploadId").asText();
      ids.put(file, id);
      if (begun.hasNonNull("part")) {
        put.add(new Put(file, id, steps.put(file, begun.path("part"), file.size())));
      }
    }
    if (!put.isEmpty()) {
      end(put);
    }
    for (Map.Entry<TrialFile, String> each : ids.entrySet()) {
      ends.accept(each.getKey(), steps.ended(each.getValue()));
      left.remove(each.getKey());
    }
  }

  private void end(List<Put> put) throws IOException {
    List<Map<String, Object>> uploads = new ArrayList<>();
    for (Put each : put) {
      Map<String, Object> upload = new TreeMap<>();
      upload.put("uploadId", each.id());
      upload.put("etag", each.part().etag());
      if (steps.sums() != Sums.NONE) {
        upload.put("crc32c", each.file().crc32c(1, each.file().size()));
      }
      uploads.add(upload);
    }
    JsonNode answer =
        steps.demand(
            "POST",
            Steps.ROOT + "/batch/complete",
            Map.of("project", steps.project(), "uploads", uploads));
    for (JsonNode ended : answer.path("uploads")) {
      if (ended.hasNonNull("problem")) {
        throw new Steps.Again("batch end: " + ended.path("problem").path("detail").asText());
      }
    }
    steps.note("ends a batch of " + put.size());
  }
}
