package dev.sluice.upload.component;

import static dev.sluice.upload.component.UploadCalls.as;

import dev.sluice.events.DatasetEvent.DraftDropped;
import dev.sluice.events.DatasetEvent.ProducedBy;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.EventJson;
import dev.sluice.events.SluiceEvent;
import dev.sluice.testing.TestKafka;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/** Imports as a client asks for them, and the facts about them. */
final class ImportCalls {
  static final String ROOT = "/api/v1/imports";
  private static final Duration SOON = Duration.ofMinutes(1);

  private ImportCalls() {}

  static Map<String, Object> order(String project, String dataset, String... urls) {
    Map<String, Object> order = new HashMap<>();
    order.put("project", project);
    order.put("dataset", dataset);
    order.put("sources", List.of(urls).stream().map(url -> Map.of("url", url)).toList());
    return order;
  }

  static Response request(Map<String, Object> order) {
    return as("ada").body(order).post(ROOT);
  }

  static String requested(Map<String, Object> order) {
    return request(order).then().statusCode(202).extract().path("id");
  }

  static Response get(String id) {
    return as("vic").get(ROOT + "/" + id);
  }

  static Response until(String id, String state) {
    Awaitility.await("import is " + state)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              Response now = get(id);
              String is = now.path("state");
              if (!is.equals(state) && List.of("failed", "cancelled").contains(is)) {
                throw new AssertionError(now.asString());
              }
              return is.equals(state);
            });
    return get(id);
  }

  /** When it could not be done. */
  static Response failed(String id) {
    Awaitility.await("import has failed")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              Response now = get(id);
              String is = now.path("state");
              if (List.of("committing", "succeeded", "unchanged", "cancelled").contains(is)) {
                throw new AssertionError(now.asString());
              }
              return is.equals("failed");
            });
    return get(id);
  }

  /** As the catalog does when the import is complete: seals its version and says so. */
  static Response sealed(String project, String dataset, String id) {
    Response committing = until(id, "committing");
    String version = committing.path("version");
    ImportWorld.sealed(project, dataset, version);
    say(
        UUID.randomUUID(),
        new VersionCreated(
            project,
            ImportWorld.idOf(project, dataset),
            dataset,
            version,
            "text",
            "sha256:" + "1".repeat(64),
            1,
            1,
            ProducedBy.imported(UUID.fromString(id)),
            List.of(),
            "ada",
            Instant.now()));
    return until(id, "succeeded");
  }

  /** As the catalog does when it could not make a version of the import's draft. */
  static void dropped(String project, String dataset, String id, String reason) {
    Response committing = until(id, "committing");
    ImportWorld.dropped(id);
    say(
        UUID.randomUUID(),
        new DraftDropped(
            project,
            ImportWorld.idOf(project, dataset),
            dataset,
            committing.path("version"),
            reason,
            Instant.now()));
  }

  /** Whatever it is until then. */
  static Response ended(String id, String state) {
    Awaitility.await("import is " + state)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> get(id).path("state").equals(state));
    return get(id);
  }

  static void retry(String id) {
    as("ada").post(ROOT + "/" + id + "/retry").then().statusCode(202);
  }

  static void say(UUID eventId, SluiceEvent event) {
    try (TestKafka kafka = TestKafka.connect()) {
      kafka.send(
          event.topic(),
          event.key(),
          EventJson.write(event),
          Map.of(
              "ce_specversion",
              "1.0",
              "ce_id",
              eventId.toString(),
              "ce_type",
              event.type(),
              "ce_source",
              "/test",
              "ce_project",
              event.project()));
    }
  }

  static List<ConsumerRecord<String, String>> facts(String type, String id, int count) {
    try (TestKafka kafka = TestKafka.connect()) {
      return kafka.collect(
          "sluice.uploads",
          count,
          SOON,
          r ->
              TestKafka.header(r, "ce_type").equals("dev.sluice." + type + ".v1")
                  && r.value().contains(id));
    }
  }
}
