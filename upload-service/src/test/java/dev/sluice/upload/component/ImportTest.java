package dev.sluice.upload.component;

import static dev.sluice.testing.Await.await;
import static dev.sluice.upload.component.ImportCalls.ROOT;
import static dev.sluice.upload.component.ImportCalls.facts;
import static dev.sluice.upload.component.ImportCalls.failed;
import static dev.sluice.upload.component.ImportCalls.order;
import static dev.sluice.upload.component.ImportCalls.requested;
import static dev.sluice.upload.component.ImportCalls.sealed;
import static dev.sluice.upload.component.ImportCalls.until;
import static dev.sluice.upload.component.UploadCalls.as;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.events.ImportEvent.ImportRequested;
import dev.sluice.events.ImportEvent.Place;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Imports from a real HTTP server through the real ledger into a real store. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(ImportWorld.class)
class ImportTest {
  private static final String DATASET = "books";

  @Inject ObjectStore objects;

  @Test
  void bringsFilesInPartsAndHasAVersionMadeOfThem() {
    // Given
    byte[] big = text(20 << 20);
    String small = ImportWorld.put("happy/a.txt", "A".getBytes(UTF_8));
    String large = ImportWorld.put("happy/big.txt", big);

    // When
    String id = requested(order("happy", DATASET, small, large));

    // Then
    sealed("happy", DATASET, id)
        .then()
        .body("version", equalTo("v1"))
        .body("filesTotal", equalTo(2))
        .body("filesDone", equalTo(2))
        .body("bytesDone", equalTo(big.length + 1));
    assertThat(stored("happy", "v1", "big.txt")).isEqualTo(big);
    assertThat(facts("ImportStarted", id, 1).getFirst().value()).contains("\"version\":\"v1\"");
    assertThat(facts("ImportCompleted", id, 1).getFirst().value())
        .contains("\"files\":2", "\"unchanged\":false", "\"version\":\"v1\"");
    as("vic")
        .get(ROOT + "/" + id + "/files")
        .then()
        .body("items.path", equalTo(List.of("a.txt", "big.txt")))
        .body("items.state", equalTo(List.of("imported", "imported")));
    as("vic")
        .queryParams("project", "happy", "state", "succeeded")
        .get(ROOT)
        .then()
        .body("items.id", hasItem(id));
  }

  @Test
  void aServiceImportsOnceForAPersonWhoMayDoSo() {
    // Given
    String url = ImportWorld.put("behalf/a.txt", "A".getBytes(UTF_8));
    String id = UUID.randomUUID().toString();
    Map<String, Object> wanted =
        Map.of("requestedBy", "ada", "order", order("behalf", DATASET, url));

    // When
    behalf("processing-service", id, wanted).then().statusCode(200).body("id", equalTo(id));
    behalf("processing-service", id, wanted).then().statusCode(200).body("id", equalTo(id));

    // Then
    sealed("behalf", DATASET, id).then().body("requestedBy", equalTo("ada"));
    assertThat(facts("ImportStarted", id, 1)).hasSize(1);
    as("ada").body(wanted).put(ROOT + "/" + UUID.randomUUID()).then().statusCode(403);
    behalf(
            "processing-service",
            UUID.randomUUID().toString(),
            Map.of("requestedBy", "vic", "order", order("behalf", DATASET, url)))
        .then()
        .statusCode(403)
        .body("code", equalTo("role-too-low"));
  }

  private static Response behalf(String service, String id, Map<String, Object> wanted) {
    return given()
        .header("Authorization", "Bearer " + TestTokens.service(service))
        .contentType("application/json")
        .body(wanted)
        .put(ROOT + "/" + id);
  }

  @Test
  void leavesOutContentThatWasErasedAndMustNotComeBack() {
    // Given
    String good = ImportWorld.put("erased/a.txt", "A".getBytes(UTF_8));
    String erased = ImportWorld.put("erased/b.txt", CatalogFake.ERASED);

    // When
    String id = requested(order("erased", DATASET, good, erased));

    // Then
    sealed("erased", DATASET, id)
        .then()
        .body("filesDone", equalTo(1))
        .body("filesIgnored", equalTo(1));
    assertThat(facts("FileIgnored", "\"project\":\"erased\"", 1).getFirst().value())
        .contains("b.txt", "must not come back: request 17");
    Awaitility.await("the erased bytes leave the store")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                await(
                        () ->
                            objects.stat(
                                objects.bucketOf("erased"), "dataset/" + DATASET + "/v1/b.txt"))
                    .isEmpty());
  }

  @Test
  void makesNoVersionWhenNothingChangedAndBringsOnlyWhatDid() {
    // Given
    String a = ImportWorld.put("again/a.txt", "A".getBytes(UTF_8));
    String b = ImportWorld.put("again/b.txt", "B".getBytes(UTF_8));
    Map<String, Object> order = order("again", DATASET, a, b);
    sealed("again", DATASET, requested(order));
    long before = ImportWorld.reads("again/b.txt");

    // When
    String same = requested(order);
    until(same, "unchanged").then().body("filesUnchanged", equalTo(2)).body("version", nullValue());
    ImportWorld.put("again/a.txt", "A that changed".getBytes(UTF_8));
    String changed = requested(order);

    // Then
    assertThat(ImportWorld.draftOf(same)).isEmpty();
    sealed("again", DATASET, changed)
        .then()
        .body("version", equalTo("v2"))
        .body("filesDone", equalTo(1))
        .body("filesUnchanged", equalTo(1));
    assertThat(facts("ImportCompleted", changed, 1).getFirst().value()).contains("\"files\":1");
    assertThat(ImportWorld.reads("again/b.txt"))
        .as("each listing asks once, nothing reads it")
        .isEqualTo(before + 2);
    until(requested(order), "unchanged");
  }

  @Test
  void noticesThatContentIsTheSameWhereTheSourceSaysNothingAboutIt() {
    // Given
    String url = ImportWorld.putPlain("plain/a.txt", "A".getBytes(UTF_8));
    sealed("plain", DATASET, requested(order("plain", DATASET, url)));

    // When
    String id = requested(order("plain", DATASET, url));

    // Then
    until(id, "unchanged");
    assertThat(facts("ImportCompleted", id, 1).getFirst().value()).contains("\"unchanged\":true");
  }

  @Test
  void takesArchivesApartAndBringsOnlyEntriesThatChanged() throws IOException {
    // Given
    String url = ImportWorld.put("zip/all.zip", zip(Map.of("in/a.txt", "A", "b.txt", "B")));
    Map<String, Object> order = order("zip", DATASET, url);
    order.put("expand", true);

    // When
    String first = requested(order);
    sealed("zip", DATASET, first).then().body("filesDone", equalTo(2));
    String same = requested(order);
    until(same, "unchanged");

    // Then
    assertThat(stored("zip", "v1", "in/a.txt")).isEqualTo("A".getBytes(UTF_8));
    as("vic")
        .queryParam("state", "expanded")
        .get(ROOT + "/" + first + "/files")
        .then()
        .body("items.path", equalTo(List.of("all.zip")));
    ImportWorld.put("zip/all.zip", zip(Map.of("in/a.txt", "A", "b.txt", "B, changed")));
    sealed("zip", DATASET, requested(order)).then().body("version", equalTo("v2"));
    assertThat(stored("zip", "v2", "b.txt")).isEqualTo("B, changed".getBytes(UTF_8));
  }

  @Test
  void stopsWithinSecondsWhenItIsCancelled() {
    // Given
    CountDownLatch never = new CountDownLatch(1);
    String url = ImportWorld.putHeld("cancel/a.txt", text(9 << 20), never);
    String id = requested(order("cancel", DATASET, url));
    Awaitility.await("it is reading")
        .atMost(Duration.ofSeconds(20))
        .until(() -> ImportWorld.reads("cancel/a.txt") > 1);

    // When
    as("ada")
        .post(ROOT + "/" + id + "/cancel")
        .then()
        .statusCode(200)
        .body("state", equalTo("cancelled"))
        .body("reason", equalTo("by ada"));

    // Then
    assertThat(facts("ImportCancelled", id, 1).getFirst().value()).contains("\"version\":\"v1\"");
    Awaitility.await("its upload is given up")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                as("ada")
                    .queryParams("project", "cancel", "state", "aborted")
                    .get(UploadCalls.ROOT)
                    .path("items.size()")
                    .equals(1));
    as("ada").post(ROOT + "/" + id + "/cancel").then().statusCode(200);
    as("ada")
        .post(ROOT + "/" + id + "/retry")
        .then()
        .statusCode(409)
        .body("code", equalTo("import-cancelled"));
    never.countDown();
  }

  @Test
  void goesOnWhereItWasWhenItIsTriedAgain() {
    // Given
    String a = ImportWorld.put("retry/a.txt", "A".getBytes(UTF_8));
    String b = ImportWorld.url("retry/b.txt");
    String id = requested(order("retry", DATASET, a, b));
    Awaitility.await("it has failed")
        .atMost(Duration.ofSeconds(20))
        .until(() -> ImportCalls.get(id).path("state").equals("failed"));
    ImportCalls.get(id).then().body("code", equalTo("source-gone"));

    // When
    ImportWorld.put("retry/b.txt", "B".getBytes(UTF_8));
    as("ada").post(ROOT + "/" + id + "/retry").then().statusCode(202).body("attempt", equalTo(2));

    // Then
    sealed("retry", DATASET, id).then().body("filesDone", equalTo(2));
    as("ada").post(ROOT + "/" + id + "/retry").then().statusCode(409);
  }

  @Test
  void failsCleanlyWhenTheSourceChangesMidwayAndBringsTheNewContentAloneOnRetry() {
    // Given
    CountDownLatch held = new CountDownLatch(1);
    byte[] old = text(20 << 20, 1);
    byte[] fresh = text(20 << 20, 2);
    String url = ImportWorld.putTurning("midway/a.txt", old, fresh, held);
    String id = requested(order("midway", DATASET, url));
    Awaitility.await("a part of the old content is in the store")
        .atMost(Duration.ofSeconds(20))
        .until(() -> !storedParts("midway", "a.txt", old.length).isEmpty());

    // When
    held.countDown();

    // Then
    failed(id).then().body("code", equalTo("source-changed"));
    assertThat(storedParts("midway", "a.txt", old.length)).hasSize(1);
    as("ada").post(ROOT + "/" + id + "/retry").then().statusCode(202);
    sealed("midway", DATASET, id).then().body("version", equalTo("v1"));
    assertThat(completed("midway")).isEqualTo(fresh);
  }

  @Test
  void importsOnceWhateverOftenTheEventComes() {
    // Given
    String url = ImportWorld.put("event/a.txt", "A".getBytes(UTF_8));
    UUID id = UUID.randomUUID();
    ImportRequested event =
        new ImportRequested(
            "event",
            DATASET,
            null,
            List.of(new Place(url, null, null)),
            "docs",
            false,
            null,
            "ada",
            Instant.now());

    // When
    ImportCalls.say(id, event);
    ImportCalls.say(id, event);

    // Then
    Awaitility.await("the import is there")
        .atMost(Duration.ofSeconds(20))
        .until(() -> ImportCalls.get(id.toString()).statusCode() == 200);
    sealed("event", DATASET, id.toString());
    as("vic").queryParam("project", "event").get(ROOT).then().body("items", hasSize(1));
    assertThat(stored("event", "v1", "docs/a.txt")).isEqualTo("A".getBytes(UTF_8));
  }

  @Test
  void namesWhatIsWrongWithAnOrder() {
    Map<String, Object> order = order("wrong", "No Name", "ftp://example.org/x");
    order.put("dataType", "music");
    order.put("prefix", "../up");
    order.put("every", "10s");
    ImportCalls.request(order)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body(
            "errors.field",
            equalTo(List.of("dataset", "dataType", "sources[0].url", "prefix", "every")))
        .body("errors.value", hasItem("ftp://example.org/x"))
        .body("errors.allowed", hasItem(containsString("30m, 6h")));
    ImportCalls.request(order("wrong", DATASET, "https://ada:secret@example.org/x"))
        .then()
        .statusCode(400)
        .body("detail", containsString("credentials"))
        .body(org.hamcrest.Matchers.not(containsString("secret")));
    ImportCalls.request(order("wrong", DATASET)).then().statusCode(400);
    as("vic").body(order("wrong", DATASET, "https://x.org/a")).post(ROOT).then().statusCode(403);
    as("eve").body(order("wrong", DATASET, "https://x.org/a")).post(ROOT).then().statusCode(404);
    ImportCalls.get(UUID.randomUUID().toString()).then().statusCode(404);
    ImportCalls.get("nothing").then().statusCode(404).body("code", equalTo("import-not-found"));
    as("vic").queryParams("project", "wrong", "state", "done").get(ROOT).then().statusCode(400);
  }

  @Test
  void letsOthersStayOutOfTheDraftOfAnImport() {
    // Given
    CountDownLatch never = new CountDownLatch(1);
    String url = ImportWorld.putHeld("alone/a.txt", text(9 << 20), never);
    String id = requested(order("alone", DATASET, url));
    Awaitility.await("it has a draft")
        .atMost(Duration.ofSeconds(20))
        .until(() -> ImportCalls.get(id).path("version") != null);

    // Then
    UploadCalls.begin(UploadCalls.file("alone", DATASET, "mine.txt", new byte[] {65}))
        .then()
        .statusCode(409)
        .body("code", equalTo("version-importing"));
    as("ada").post(ROOT + "/" + id + "/cancel").then().statusCode(200);
    never.countDown();
  }

  private static List<Object> storedParts(String project, String path, long size) {
    return as("ada")
        .queryParams(Map.of("project", project, "dataset", DATASET, "version", "v1", "path", path))
        .queryParam("size", size)
        .get(UploadCalls.ROOT + "/chunks")
        .path("chunks");
  }

  /** The object that the project's only completed upload says it is. */
  private byte[] completed(String project) {
    JsonObject fact =
        new JsonObject(
            facts("UploadCompleted", "\"project\":\"" + project + "\"", 1).getFirst().value());
    return await(() -> objects.read(objects.bucketOf(project), fact.getString("objectKey")));
  }

  private byte[] stored(String project, String version, String path) {
    String key = "dataset/" + DATASET + "/" + version + "/" + path;
    return await(() -> objects.read(objects.bucketOf(project), key));
  }

  private static byte[] zip(Map<String, String> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : new TreeSet<>(entries.keySet())) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(entries.get(name).getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] text(int length) {
    return text(length, length);
  }

  private static byte[] text(int length, long seed) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    Random random = new Random(seed);
    for (int i = 0; i < length; i += 64) {
      bytes[i] = (byte) ('a' + random.nextInt(26));
    }
    return bytes;
  }
}
