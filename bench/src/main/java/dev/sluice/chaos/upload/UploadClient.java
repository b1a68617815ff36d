package dev.sluice.chaos.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.upload.Api.Answer;
import dev.sluice.chaos.upload.Steps.Again;
import dev.sluice.chaos.upload.Steps.Outcome;
import dev.sluice.chaos.upload.Steps.Part;
import dev.sluice.chaos.upload.Steps.Sums;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sends a file by the steps of the protocol and begins again from what the service says, whatever
 * goes wrong. Keeps nothing between two tries, so any other client could go on in its place.
 */
record UploadClient(Steps steps) {
  private static final int WINDOW = 2;

  /** Sends the file until the service says how it ended. */
  Outcome send(TrialFile file) {
    long deadline = System.nanoTime() + Steps.GIVES_UP.toNanos();
    for (int tries = 1; System.nanoTime() < deadline; tries++) {
      try {
        return tryOnce(file);
      } catch (IOException again) {
        steps.note("%s again: %s".formatted(file.path(), again));
        Steps.pause(tries);
      }
    }
    steps.history().violated("nothing ended within " + Steps.GIVES_UP.toSeconds() + " s: " + file);
    return new Outcome("", "stuck", "");
  }

  private Outcome tryOnce(TrialFile file) throws IOException {
    Map<String, Map<Integer, String>> before = steps.history().acknowledged();
    JsonNode chunks =
        steps.demand("GET", Steps.ROOT + "/chunks" + Api.query(steps.named(file)), "");
    String id = chunks.path("uploadId").asText();
    String state = chunks.path("state").asText();
    if (chunks.path("done").asBoolean()) {
      return new Outcome(id, "completed", "");
    }
    if (state.equals("verifying")) {
      return steps.ended(id);
    }
    if (!state.equals("open")) {
      JsonNode begun = steps.demand("POST", Steps.ROOT, steps.named(file));
      id = begun.path("uploadId").asText();
      if (!begun.path("state").asText().equals("open")) {
        return steps.ended(id);
      }
      chunks = begun;
    }
    Map<Integer, String> there = parts(chunks);
    judgeResume(id, before.getOrDefault(id, Map.of()).keySet(), there);
    sendMissing(file, id, chunks, there);
    return complete(file, id);
  }

  /**
   * What was acknowledged must be what the service speaks of, unless it says what was damaged.
   *
   * @param before parts that anybody had been told are there before the service was asked
   */
  private void judgeResume(String id, Set<Integer> before, Map<Integer, String> there)
      throws IOException {
    if (there.keySet().containsAll(before)) {
      return;
    }
    if (!steps.view(id).path("state").asText().equals("open")) {
      throw new Again("it moved on at this moment");
    }
    Set<Integer> wantedAgain = new HashSet<>(before);
    wantedAgain.removeAll(steps.history().acknowledged(id).keySet());
    for (int part : before) {
      if (!there.containsKey(part) && !wantedAgain.contains(part)) {
        steps
            .history()
            .violated("I1: part %d of %s was acknowledged and is gone".formatted(part, id));
      }
    }
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
    Map<String, Object> wanted = new HashMap<>();
    wanted.put("partNumbers", numbers);
    if (steps.sums() == Sums.BOUND) {
      Map<String, String> sums = new TreeMap<>();
      numbers.forEach(n -> sums.put(Integer.toString(n), file.crc32c(n, partSize)));
      wanted.put("crc32c", sums);
    }
    JsonNode urls = steps.demand("POST", Steps.ROOT + "/" + id + "/urls", wanted);
    List<Part> stored = new ArrayList<>();
    for (JsonNode url : urls.path("urls")) {
      if (url.hasNonNull("url")) {
        stored.add(steps.put(file, url, partSize));
      }
    }
    if (!stored.isEmpty()) {
      report(file, id, partSize, stored);
    }
  }

  private void report(TrialFile file, String id, long partSize, List<Part> stored)
      throws IOException {
    List<Map<String, Object>> told = new ArrayList<>();
    for (Part part : stored) {
      Map<String, Object> each = new TreeMap<>();
      each.put("partNumber", part.partNumber());
      each.put("size", part.size());
      each.put("etag", part.etag());
      if (steps.sums() != Sums.NONE) {
        each.put("crc32c", file.crc32c(part.partNumber(), partSize));
      }
      told.add(each);
    }
    steps.demand("PUT", Steps.ROOT + "/" + id + "/chunks", Map.of("chunks", told));
    stored.forEach(part -> steps.history().acknowledged(id, part.partNumber(), part.etag()));
  }

  private Outcome complete(TrialFile file, String id) throws IOException {
    Answer answer = steps.ask("POST", Steps.ROOT + "/" + id + "/complete", "");
    if (answer.status() == 409) {
      throw new Again("complete refused: " + answer.code());
    }
    if (!answer.ok()) {
      throw new Again("complete answered " + answer.status());
    }
    steps.note("completes %s: %s".formatted(file.path(), answer.json().path("state")));
    return steps.ended(id);
  }

  private static Map<Integer, String> parts(JsonNode chunks) {
    Map<Integer, String> parts = new TreeMap<>();
    for (JsonNode chunk : chunks.path("chunks")) {
      parts.put(chunk.path("partNumber").asInt(), chunk.path("etag").asText().replace("\"", ""));
    }
    return parts;
  }
}
