package dev.sluice.chaos.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.upload.EventsView;
import dev.sluice.chaos.upload.EventsView.Heard;
import dev.sluice.chaos.upload.LedgerView;
import dev.sluice.chaos.upload.StoreView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges an import from outside: the version in the catalog's tables, the bytes in the store, the
 * rows of the ledger and the records of the topic have to tell what the source served.
 */
final class ImportJudge {
  private static final String BUCKET = "sluice-";
  private static final String VERSIONS =
      "select to_jsonb(v)::text from catalog.dataset_version v where v.project = ?"
          + " and v.state <> 'dropped'";
  private static final String JOBS =
      "select to_jsonb(j)::text from upload.import_job j where j.project = ?";
  private static final String LEFT =
      """
      select to_jsonb(f)::text from upload.import_file f join upload.import_job j
        on j.id = f.import_id
      where j.project = ? and f.state in ('pending', 'sending', 'failed') and j.state <> 'cancelled'
      """;

  private final StoreView store;
  private final LedgerView ledger;
  private final EventsView events;

  ImportJudge(StoreView store, LedgerView ledger, EventsView events) {
    this.store = store;
    this.ledger = ledger;
    this.events = events;
  }

  /** Everything that is wrong, in words. */
  List<String> of(ImportTrial trial) throws Exception {
    List<String> wrong = new ArrayList<>();
    String project = trial.order().project();
    List<JsonNode> versions = ledger.rows(VERSIONS, project);
    if (versions.size() != 1 || !versions.getFirst().path("state").asText().equals("sealed")) {
      wrong.add("I3: instead of one sealed version there are " + versions);
    }
    versionIsWhatWasServed(trial, wrong);
    List<JsonNode> uploads = ledger.uploads(project);
    nothingIsWithoutOwner(project, uploads, wrong);
    factsAreSaidOnce(project, uploads, wrong);
    List<JsonNode> left = ledger.rows(LEFT, project);
    if (!left.isEmpty()) {
      wrong.add("I5: files that nobody brings any more: " + left);
    }
    return wrong;
  }

  /** I2: each file whole, of one content of the source, and no other file. */
  private void versionIsWhatWasServed(ImportTrial trial, List<String> wrong) throws Exception {
    String project = trial.order().project();
    Set<String> missing = new HashSet<>(trial.expected().keySet());
    for (JsonNode file : ledger.files(project)) {
      String path = file.path("path").asText();
      SourceFile source = trial.expected().get(path);
      if (source == null || !missing.remove(path)) {
        wrong.add("I2: a file that was not asked for, or twice: " + file);
        continue;
      }
      Optional<StoreView.Content> content =
          store.content(BUCKET + project, file.path("object_key").asText());
      if (content.isEmpty()
          || !source.served(content.get().sha256(), content.get().size())
          || !content.get().sha256().equals(file.path("sha256").asText())) {
        wrong.add("I2: the store has %s for %s".formatted(content, file));
      }
    }
    if (!missing.isEmpty()) {
      wrong.add("I1: the version lacks " + missing);
    }
  }

  /** I5. A row owns what it names while it is alive, or as long as it asks to be cleaned up. */
  private void nothingIsWithoutOwner(String project, List<JsonNode> uploads, List<String> wrong)
      throws Exception {
    for (String key : store.objects(BUCKET + project).keySet()) {
      if (uploads.stream().noneMatch(upload -> owns(upload, key))) {
        wrong.add("I5: object without an owner: " + key);
      }
    }
    for (Map.Entry<String, String> each : store.multiparts(BUCKET + project).entrySet()) {
      if (uploads.stream()
          .noneMatch(u -> isAlive(u) && u.path("store_upload_id").asText().equals(each.getKey()))) {
        wrong.add("I5: multipart upload without an owner: " + each);
      }
    }
    uploads.stream()
        .filter(u -> Set.of("open", "verifying").contains(u.path("state").asText()))
        .forEach(u -> wrong.add("I5: an upload that nobody wants any more: " + u));
  }

  private static boolean owns(JsonNode upload, String key) {
    boolean completed = upload.path("state").asText().equals("completed");
    return (completed && upload.path("object_key").asText().equals(key))
        || (isAlive(upload)
            && (upload.path("object_key").asText().equals(key)
                || key.contains(upload.path("id").asText())));
  }

  private static boolean isAlive(JsonNode upload) {
    return upload.path("state").asText().equals("open") || upload.hasNonNull("cleanup_at");
  }

  /** I4. */
  private void factsAreSaidOnce(String project, List<JsonNode> uploads, List<String> wrong)
      throws Exception {
    Map<String, Set<String>> ids = new HashMap<>();
    Set<String> completed = new HashSet<>();
    for (Heard heard : events.of(project)) {
      String about = heard.data().path("importId").asText();
      if (heard.type().contains("ImportCompleted") || heard.type().contains("ImportCancelled")) {
        ids.computeIfAbsent(about, i -> new HashSet<>()).add(heard.id());
      } else if (heard.type().contains("UploadCompleted")) {
        completed.add(heard.data().path("uploadId").asText());
      }
    }
    for (JsonNode job : ledger.rows(JOBS, project)) {
      int said = ids.getOrDefault(job.path("id").asText(), Set.of()).size();
      if (said != 1) {
        wrong.add("I4: said to be over by %d events: %s".formatted(said, job));
      }
    }
    for (JsonNode upload : uploads) {
      if (completed.contains(upload.path("id").asText())
          != upload.path("state").asText().equals("completed")) {
        wrong.add("I4: ledger and topic differ on whether it is completed: " + upload);
      }
    }
  }
}
