package dev.sluice.upload.component;

import static dev.sluice.upload.component.UploadCalls.ROOT;
import static dev.sluice.upload.component.UploadCalls.as;
import static dev.sluice.upload.component.UploadCalls.begin;
import static dev.sluice.upload.component.UploadCalls.begun;
import static dev.sluice.upload.component.UploadCalls.complete;
import static dev.sluice.upload.component.UploadCalls.file;
import static dev.sluice.upload.component.UploadCalls.report;
import static dev.sluice.upload.component.UploadCalls.urls;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import dev.sluice.events.DatasetEvent.ProducedBy;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.EventJson;
import dev.sluice.events.SluiceEvent;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input, wrong callers and wrong times: each gets a clear answer. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
class UploadRefusalTest {
  private static final String PROJECT = "refusals";
  private static final byte[] BYTES = {65, 66};

  @ParameterizedTest
  @ValueSource(
      strings = {"../up", "/abs", "a/../b", "a//b", "a\u0000b", "C:/x", "_sluice/m", "a\\b"})
  void refusesDangerousNames(String path) {
    begin(file(PROJECT, "text-1", path, BYTES))
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.field", equalTo(List.of("path")));
  }

  @Test
  void namesEveryFieldAtFault() {
    as("ada")
        .body(
            Map.of(
                "project", "UP", "dataset", "text-1", "version", "1", "size", -1, "sha256", "A0"))
        .post(ROOT)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-request"))
        .body("errors.field", hasItems("project", "version", "path", "size", "sha256"))
        .body("errors.value", hasItem("UP"));
    as("ada").body("{").post(ROOT).then().statusCode(400);
    as("ada").post(ROOT).then().statusCode(400);
  }

  @Test
  void refusesUnknownDatasetAndVersion() {
    begin(file(PROJECT, "nothing", "a.txt", BYTES))
        .then()
        .statusCode(404)
        .body("code", equalTo("dataset-not-found"));
    Map<String, Object> file = file(PROJECT, "text-1", "a.txt", BYTES);
    file.put("version", "v9");
    begin(file).then().statusCode(404).body("code", equalTo("version-not-found"));
  }

  @Test
  void refusesSealedVersionAndVersionOfRun() {
    Map<String, Object> file = file(PROJECT, "text-1", "a.txt", BYTES);
    file.put("version", "v2");
    begin(file).then().statusCode(409).body("code", equalTo("version-sealed"));
    file.put("version", "v3");
    begin(file).then().statusCode(409).body("code", equalTo("version-reserved"));
  }

  @Test
  void refusesFileThatIsTooLarge() {
    Map<String, Object> file = file(PROJECT, "text-1", "a.txt", BYTES);
    file.put("size", Long.MAX_VALUE);
    begin(file).then().statusCode(413).body("code", equalTo("file-too-large"));
  }

  @Test
  void refusesPathThatIsFolderOfAnother() {
    begun(file(PROJECT, "text-paths", "a/b", BYTES));
    begin(file(PROJECT, "text-paths", "a", BYTES)).then().statusCode(409);
    begin(file(PROJECT, "text-paths", "a/b/c", BYTES))
        .then()
        .statusCode(409)
        .body("code", equalTo("path-taken"));
    begin(file(PROJECT, "text-paths", "a/c", BYTES)).then().statusCode(201);
  }

  @Test
  void refusesPartsOutsideThePlan() {
    String id = begun(file(PROJECT, "text-1", "parts.txt", BYTES));
    urls(id, List.of(0, 2)).then().statusCode(400).body("errors.allowed", hasItem("1 to 1"));
    urls(id, List.of()).then().statusCode(400);
    report(id, List.of(Map.of("partNumber", 1, "size", 3, "etag", "e"))).then().statusCode(400);
    report(id, List.of(Map.of("partNumber", 1, "size", 2, "etag", "e")))
        .then()
        .statusCode(409)
        .body("code", equalTo("part-not-stored"));
    complete(id).then().statusCode(409).body("code", equalTo("parts-missing"));
  }

  @Test
  void strangersSeeNothing() {
    String id = begun(file(PROJECT, "text-1", "private.txt", BYTES));
    as("eve").get(ROOT + "/" + id).then().statusCode(404).body("code", equalTo("upload-not-found"));
    as("eve").delete(ROOT + "/" + id).then().statusCode(404);
    as("eve").body(file(PROJECT, "text-1", "b.txt", BYTES)).post(ROOT).then().statusCode(404);
    as("eve").queryParam("project", PROJECT).get(ROOT).then().statusCode(404);
    as("ada").get(ROOT + "/" + UUID.randomUUID()).then().statusCode(404);
    as("ada").get(ROOT + "/nonsense").then().statusCode(404);
    given().get(ROOT + "/" + id).then().statusCode(401);
  }

  @Test
  void viewersMayOnlyLook() {
    String id = begun(file(PROJECT, "text-1", "looked-at.txt", BYTES));
    as("vic").get(ROOT + "/" + id).then().statusCode(200);
    as("vic").delete(ROOT + "/" + id).then().statusCode(403);
    as("vic").post(ROOT + "/" + id + "/complete").then().statusCode(403);
    as("vic").body(file(PROJECT, "text-1", "c.txt", BYTES)).post(ROOT).then().statusCode(403);
  }

  @Test
  void sealClosesDraftForUploadsOnTheirWay() {
    // Given
    String dataset = "text-sealing";
    String id = begun(file(PROJECT, dataset, "late.txt", BYTES));

    // When
    say(sealed(dataset));

    // Then
    Awaitility.await("seal is known")
        .atMost(Duration.ofSeconds(30))
        .until(() -> complete(id).path("code").equals("version-sealed"));
    begin(file(PROJECT, dataset, "later.txt", BYTES)).then().statusCode(409);
  }

  private static VersionCreated sealed(String dataset) {
    return new VersionCreated(
        PROJECT,
        CatalogFake.idOf(PROJECT, dataset),
        dataset,
        "v1",
        "text",
        "sha256:00",
        1,
        1,
        ProducedBy.upload(),
        List.of(),
        "ada",
        Instant.now());
  }

  private static void say(SluiceEvent event) {
    try (TestKafka kafka = TestKafka.connect()) {
      kafka.send(
          event.topic(),
          event.key(),
          EventJson.write(event),
          Map.of(
              "ce_specversion", "1.0",
              "ce_id", UUID.randomUUID().toString(),
              "ce_type", event.type(),
              "ce_source", "https://sluice.dev/test",
              "ce_subject", event.subject(),
              "ce_time", event.occurredAt().toString(),
              "ce_project", event.project()));
    }
  }
}
