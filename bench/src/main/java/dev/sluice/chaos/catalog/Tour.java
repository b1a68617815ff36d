package dev.sluice.chaos.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.catalog.CatalogOp.Step;
import dev.sluice.chaos.catalog.Feed.Place;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Goes once through everything that can be done, so that each crash point is come to. */
final class Tour {
  static final int ERASED = 50;
  private static final int IMPORTED = 60;
  private static final Duration SOON = Duration.ofMinutes(3);

  private final CatalogTrial trial;
  private final CatalogApi api;
  private final Feed feed;

  Tour(CatalogTrial trial) {
    this.trial = trial;
    this.api = trial.api();
    this.feed = trial.feed();
  }

  void run() throws Exception {
    write();
    give();
    erase();
    importFiles();
    runProgram();
  }

  /** One writer does everything that there is. */
  private void write() {
    Writer writer = Writer.begin(api, "tour");
    trial.writers().add(writer);
    List<CatalogOp> all =
        List.of(
            new CatalogOp.Open(0),
            new CatalogOp.Edit(1, List.of(new Step.PutMany(0, 40, 1), new Step.Put("a/1", 2))),
            new CatalogOp.Seal(1, 41),
            new CatalogOp.Release(1, "good"),
            new CatalogOp.Point(false, "prod", 1, 0, false, "first"),
            new CatalogOp.Open(1),
            new CatalogOp.Edit(2, List.of(new Step.Put("b/1", 3))),
            new CatalogOp.Seal(2, 42),
            new CatalogOp.Open(1),
            new CatalogOp.Edit(3, List.of(new Step.Put("a/2", 4), new Step.Move("a/1", "a/3"))),
            new CatalogOp.Merge(3, 2, "theirs"),
            new CatalogOp.Restore(3, 1, "many/"),
            new CatalogOp.Drop(3, "no"),
            new CatalogOp.Rollback(1),
            new CatalogOp.Clone(1, "tour-c1"),
            new CatalogOp.Withdraw(2, false, "bad"),
            new CatalogOp.Delete("away"),
            new CatalogOp.Undelete("back"));
    all.forEach(writer::perform);
  }

  /** A dataset is given up for good. */
  private void give() throws Exception {
    Place gone = trial.place("gone");
    api.done("POST", "/datasets/gone/versions/v1/edits", new Step.PutMany(0, 9, 2).lines());
    trial.seal(gone, 9);
    api.done("DELETE", "/datasets/gone", "", 404);
    api.done("DELETE", "/trash/" + gone.datasetId(), "", 404);
    boolean purged =
        Waits.until(
            SOON,
            () -> {
              JsonNode audit = api.insist("GET", "/audit?limit=100&dataset=gone", "").json();
              return audit.toString().contains("dataset.purged");
            });
    if (!purged) {
      trial.violated("dataset gone is never purged");
    }
  }

  /** A content is erased; the version that has it stays as it is. */
  private void erase() throws Exception {
    Place erased = trial.place("erased");
    String key = "dataset/erased/v1/secret";
    feed.bytes(key, ERASED);
    feed.say(List.of(feed.whole(erased, "secret", UUID.randomUUID(), ERASED, key)));
    trial.awaitFiles(erased, 1);
    trial.seal(erased, 1);
    api.done("POST", "/erasures", Map.of("sha256", Contents.sha256(ERASED), "reason", "the law"));
  }

  private void importFiles() throws Exception {
    UUID id = UUID.randomUUID();
    Place place = reserved(CatalogApi.body("runId", id, "kind", "import", "dataset", "imported"));
    String key = "dataset/imported/v1/one";
    feed.bytes(key, IMPORTED);
    ProducerRecord<String, byte[]> done = feed.imported(place, id, 1);
    feed.say(List.of(feed.whole(place, "one", UUID.randomUUID(), IMPORTED, key), done, done));
    awaitSealed(place);
  }

  private void runProgram() throws Exception {
    UUID id = UUID.randomUUID();
    Place place = reserved(CatalogApi.body("runId", id, "dataset", "computed", "dataType", "text"));
    ProducerRecord<String, byte[]> done = feed.ran(place, id, IMPORTED + 1);
    feed.say(List.of(done, done));
    awaitSealed(place);
  }

  private Place reserved(Map<String, Object> body) {
    body.put("requestedBy", "ada");
    JsonNode draft = api.as(trial.serviceToken()).done("POST", "/reservations", body);
    return new Place(
        draft.path("dataset").asText(),
        draft.path("datasetId").asText(),
        draft.path("version").asText());
  }

  private void awaitSealed(Place place) throws Exception {
    String path = "/datasets/%s/versions/%s".formatted(place.dataset(), place.version());
    if (!Waits.until(
        SOON, () -> api.insist("GET", path, "").json().path("state").asText().equals("sealed"))) {
      trial.violated(path + " is never sealed");
    }
  }
}
