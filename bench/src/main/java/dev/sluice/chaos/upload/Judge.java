package dev.sluice.chaos.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.upload.EventsView.Heard;
import dev.sluice.chaos.upload.Steps.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges a project from outside: the store's bytes, the ledger's rows, the topic's records and the
 * catalog's files must tell one story, which is that of the clients.
 */
final class Judge {
  private final StoreView store;
  private final LedgerView ledger;
  private final EventsView events;

  /** Everything that is wrong, in words. */
  private final List<String> wrong = new ArrayList<>();

  Judge(StoreView store, LedgerView ledger, EventsView events) {
    this.store = store;
    this.ledger = ledger;
    this.events = events;
  }

  static String bucket(String project) {
    return "sluice-" + project;
  }

  /** What is wrong with a project whose clients have ended and that is at rest. */
  List<String> atRest(Place place, Map<TrialFile, Outcome> sent, boolean saidOnce)
      throws Exception {
    wrong.clear();
    String project = place.project();
    List<JsonNode> uploads = ledger.uploads(project);
    completedIsWhatWasSent(project, sent, uploads);
    nothingIsWithoutOwner(project, uploads);
    if (saidOnce) {
      eachFactIsSaidOnce(project, uploads);
    }
    catalogHasEachFileOnce(place, sent);
    return List.copyOf(wrong);
  }

  /** I1 and I6 of an open upload that nobody works on: store, ledger and acknowledgements agree. */
  List<String> whileOpen(String project, History history, Api api) throws Exception {
    wrong.clear();
    for (JsonNode upload : ledger.uploads(project)) {
      if (text(upload, "state").equals("open") && !text(upload, "store_upload_id").isEmpty()) {
        openAgrees(project, upload, history, api);
      }
    }
    return List.copyOf(wrong);
  }

  private void openAgrees(String project, JsonNode upload, History history, Api api)
      throws Exception {
    String id = text(upload, "id");
    Map<Integer, String> stored =
        store
            .parts(bucket(project), text(upload, "object_key"), text(upload, "store_upload_id"))
            .orElse(Map.of());
    history
        .acknowledged(id)
        .forEach(
            (part, etag) ->
                demand(
                    etag.equals(stored.get(part)),
                    "I1: acknowledged part %d of %s is not in the store".formatted(part, id)));
    if (stored.isEmpty()) {
      return;
    }
    JsonNode progress = progress(api, upload, stored);
    long bytes = progress.path("bytesDone").asLong(-1);
    Map<Integer, JsonNode> known = new TreeMap<>();
    ledger.parts(id).forEach(row -> known.put(row.path("part_number").asInt(), row));
    long rows = known.values().stream().mapToLong(row -> row.path("size").asLong()).sum();
    demand(
        progress.path("partsDone").asInt(-1) == known.size()
            && known.size() == stored.size()
            && bytes == rows,
        "I6: progress %s, ledger %d parts of %d bytes, store %d parts"
            .formatted(progress, known.size(), rows, stored.size()));
    known.forEach(
        (number, row) ->
            demand(
                stored.containsKey(number),
                "I6: ledger knows part %d of %s, the store does not".formatted(number, id)));
  }

  /** Reports one part, which is no news; the answer is how far the upload is. */
  private static JsonNode progress(Api api, JsonNode upload, Map<Integer, String> stored)
      throws IOException {
    int last = upload.path("part_count").asInt();
    long partSize = upload.path("part_size").asLong();
    int number = stored.keySet().iterator().next();
    long size = number < last ? partSize : upload.path("size").asLong() - partSize * (last - 1);
    Map<String, Object> part =
        Map.of(
            "partNumber", number,
            "size", size,
            "etag", stored.getOrDefault(number, ""));
    return api.ask(
            "PUT",
            "/api/v1/uploads/" + text(upload, "id") + "/chunks",
            Map.of("chunks", List.of(part)))
        .json();
  }

  private void completedIsWhatWasSent(
      String project, Map<TrialFile, Outcome> sent, List<JsonNode> uploads) throws Exception {
    for (Map.Entry<TrialFile, Outcome> each : sent.entrySet()) {
      TrialFile file = each.getKey();
      if (!each.getValue().completed()) {
        demand(false, "I2: " + file + " ended as " + each.getValue());
        continue;
      }
      Optional<JsonNode> row =
          uploads.stream()
              .filter(u -> text(u, "path").equals(file.path()))
              .filter(u -> text(u, "state").equals("completed"))
              .reduce((first, last) -> last);
      if (row.isEmpty()) {
        demand(false, "I2: completed for the client, not for the ledger: " + file);
      } else {
        contentIs(project, file, row.get());
      }
    }
  }

  private void contentIs(String project, TrialFile file, JsonNode row) throws Exception {
    demand(
        row.path("size").asLong() == file.size() && text(row, "sha256").equals(file.sha256()),
        "I2: the ledger says something else of " + file + ": " + row);
    Optional<StoreView.Content> content = store.content(bucket(project), text(row, "object_key"));
    demand(
        content
            .filter(c -> c.size() == file.size() && c.sha256().equals(file.sha256()))
            .isPresent(),
        "I2: the store has %s for %s".formatted(content, file));
  }

  /** I5. A row owns what it names while it is alive, or as long as it asks to be cleaned up. */
  private void nothingIsWithoutOwner(String project, List<JsonNode> uploads) throws Exception {
    for (Map.Entry<String, Long> object : store.objects(bucket(project)).entrySet()) {
      String key = object.getKey();
      demand(uploads.stream().anyMatch(u -> owns(u, key)), "I5: object without an owner: " + key);
    }
    for (Map.Entry<String, String> multipart : store.multiparts(bucket(project)).entrySet()) {
      demand(
          uploads.stream().anyMatch(u -> isAlive(u) && names(u, multipart.getKey())),
          "I5: multipart upload without an owner: " + multipart);
    }
    uploads.stream()
        .filter(u -> text(u, "state").equals("verifying"))
        .forEach(u -> demand(false, "I12: verifies for ever: " + u));
  }

  private static boolean owns(JsonNode upload, String key) {
    boolean result = text(upload, "state").equals("completed");
    return (result && text(upload, "object_key").equals(key))
        || (isAlive(upload) && (names(upload, key) || key.contains(text(upload, "id"))));
  }

  private static boolean isAlive(JsonNode upload) {
    return text(upload, "state").equals("open") || upload.hasNonNull("cleanup_at");
  }

  private static boolean names(JsonNode upload, String text) {
    for (JsonNode value : upload) {
      if (value.isTextual() && value.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private void eachFactIsSaidOnce(String project, List<JsonNode> uploads) {
    Map<String, Set<String>> ids = new HashMap<>();
    Set<String> completed = new HashSet<>();
    for (Heard heard : events.of(project)) {
      ids.computeIfAbsent(heard.about(), about -> new HashSet<>()).add(heard.id());
      if (heard.type().contains("UploadCompleted")) {
        completed.add(heard.data().path("uploadId").asText());
      }
    }
    ids.forEach(
        (about, said) ->
            demand(
                said.size() <= 1 + repairs(uploads, about),
                "I4: said as %d events: %s".formatted(said.size(), about)));
    for (JsonNode upload : uploads) {
      demand(
          completed.contains(text(upload, "id")) == text(upload, "state").equals("completed"),
          "I4: ledger and topic differ on whether it is completed: " + upload);
    }
  }

  /** How often parts of this upload were wanted again; such a part is news when it comes. */
  private static int repairs(List<JsonNode> uploads, String about) {
    return about.contains("ChunkUploaded")
        ? uploads.stream()
            .filter(upload -> about.contains(text(upload, "id")))
            .mapToInt(upload -> upload.path("reopened").asInt())
            .sum()
        : 0;
  }

  private void catalogHasEachFileOnce(Place place, Map<TrialFile, Outcome> sent) throws Exception {
    Map<String, String> wanted = new HashMap<>();
    sent.forEach((file, outcome) -> wanted.put(file.path(), file.sha256() + file.size()));
    List<JsonNode> files = place.files();
    Map<String, String> actual = new HashMap<>();
    files.forEach(f -> actual.put(text(f, "path"), text(f, "sha256") + f.path("size").asLong()));
    demand(
        files.size() == actual.size() && Objects.equals(wanted, actual),
        "I4: the catalog has " + actual + " instead of " + wanted);
    for (JsonNode file : files) {
      Optional<StoreView.Content> content =
          store.content(bucket(place.project()), text(file, "objectKey"));
      demand(
          content.filter(c -> c.sha256().equals(text(file, "sha256"))).isPresent(),
          "I2: the store has %s for what the catalog calls %s".formatted(content, file));
    }
    demand(
        ledger.pending(place.project()).isEmpty(),
        "I4: the catalog waits for files that have come");
  }

  private void demand(boolean holds, String otherwise) {
    if (!holds) {
      wrong.add(otherwise);
    }
  }

  private static String text(JsonNode row, String column) {
    JsonNode value = row.path(column);
    return value.isNull() || value.isMissingNode() ? "" : value.asText();
  }
}
