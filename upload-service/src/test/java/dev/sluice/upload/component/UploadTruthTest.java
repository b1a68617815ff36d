package dev.sluice.upload.component;

import static dev.sluice.upload.component.UploadCalls.ROOT;
import static dev.sluice.upload.component.UploadCalls.as;
import static dev.sluice.upload.component.UploadCalls.begin;
import static dev.sluice.upload.component.UploadCalls.begun;
import static dev.sluice.upload.component.UploadCalls.chunks;
import static dev.sluice.upload.component.UploadCalls.complete;
import static dev.sluice.upload.component.UploadCalls.crc32c;
import static dev.sluice.upload.component.UploadCalls.ended;
import static dev.sluice.upload.component.UploadCalls.file;
import static dev.sluice.upload.component.UploadCalls.put;
import static dev.sluice.upload.component.UploadCalls.putParts;
import static dev.sluice.upload.component.UploadCalls.report;
import static dev.sluice.upload.component.UploadCalls.sha256;
import static dev.sluice.upload.component.UploadCalls.urls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told, what is stored, and what is true. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
class UploadTruthTest {
  private static final String PROJECT = "truth";
  private static final String TEXTS = "text-truth";
  private static final int PART = 8 << 20;

  @Inject ObjectStore objects;

  @Test
  void takesTheDigestAtTheEnd() {
    // Given
    byte[] bytes = text(PART + 100);
    Map<String, Object> file = unhashed("later.txt", bytes);
    String id = begun(file);
    putParts(id, bytes, List.of(1, 2));

    // When
    complete(id).then().statusCode(400).body("errors.field", equalTo(List.of("sha256")));
    as("ada")
        .body(Map.of("sha256", sha256(bytes)))
        .post(ROOT + "/" + id + "/complete")
        .then()
        .statusCode(200);

    // Then
    ended(id, "completed").then().body("sha256", equalTo(sha256(bytes)));
    chunks(file).then().body("sha256", equalTo(sha256(bytes))).body("done", equalTo(false));
  }

  @Test
  void knowsNothingOfACompletedFileThatWasTakenOutOfItsDraft() {
    // Given
    Map<String, Object> stays = file(PROJECT, TEXTS, "stays.txt", CatalogFake.HELD);
    Map<String, Object> goes = file(CatalogFake.EMPTIED, TEXTS, "goes.txt", CatalogFake.HELD);

    // When
    String first = begun(stays);
    String gone = begun(goes);

    // Then
    chunks(stays).then().body("done", equalTo(true));
    assertThat(begin(stays).<String>path("uploadId")).isEqualTo(first);
    chunks(goes).then().body("done", equalTo(false)).body("uploadId", equalTo(""));
    String again = begun(goes);
    assertThat(again).isNotEqualTo(gone);
    ended(again, "completed");
    assertThat(batch(goes).<String>path("files[0].uploadId")).isNotNull().isNotIn(gone, again);
  }

  private static Response batch(Map<String, Object> file) {
    return as("ada")
        .body(
            Map.of(
                "project", file.get("project"),
                "dataset", file.get("dataset"),
                "version", file.get("version"),
                "files",
                    List.of(
                        Map.of(
                            "path", file.get("path"),
                            "size", file.get("size"),
                            "sha256", file.get("sha256")))))
        .post(ROOT + "/batch");
  }

  @Test
  void refusesAnotherDigestThanWasAnnounced() {
    byte[] bytes = text(10);
    String id = begun(file(PROJECT, TEXTS, "other.txt", bytes));
    as("ada")
        .body(Map.of("sha256", sha256(text(11))))
        .post(ROOT + "/" + id + "/complete")
        .then()
        .statusCode(409)
        .body("code", equalTo("sha256-differs"))
        .body("errors[0].allowed", equalTo(sha256(bytes)));
  }

  @Test
  void letsTheStoreProveTheChecksumOfAPart() {
    // Given
    byte[] bytes = text(PART + 5);
    String id = begun(file(PROJECT, TEXTS, "proved.txt", bytes));
    byte[] second = Arrays.copyOfRange(bytes, PART, bytes.length);
    Map<String, Object> url =
        as("ada")
            .body(Map.of("partNumbers", List.of(2), "crc32c", Map.of("2", crc32c(second))))
            .post(ROOT + "/" + id + "/urls")
            .path("urls[0]");
    String address = (String) url.get("url");
    @SuppressWarnings("unchecked")
    Map<String, String> headers = (Map<String, String>) url.get("headers");

    // When
    byte[] damaged = second.clone();
    damaged[0] ^= 1;
    HttpResponse<String> refused = put(address, damaged, headers);
    HttpResponse<String> unsigned = put(address, second, Map.of());
    HttpResponse<String> taken = put(address, second, headers);

    // Then
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(unsigned.statusCode()).isEqualTo(403);
    assertThat(taken.statusCode()).isEqualTo(200);
    chunks(file(PROJECT, TEXTS, "proved.txt", bytes)).then().body("chunks", hasSize(1));
  }

  @Test
  void givesAnAddressForAStoredPartThatIsNotWhatTheClientHas() {
    // Given
    byte[] before = text(PART + 6);
    byte[] after = before.clone();
    after[PART + 1] ^= 1;
    String id = begun(unhashed("edited.txt", before));
    report(id, told(putParts(id, before, List.of(1, 2)), before));

    // Then
    as("ada")
        .body(
            Map.of(
                "partNumbers",
                List.of(1, 2),
                "crc32c",
                Map.of(
                    "1",
                    crc32c(Arrays.copyOf(after, PART)),
                    "2",
                    crc32c(Arrays.copyOfRange(after, PART, after.length)))))
        .post(ROOT + "/" + id + "/urls")
        .then()
        .statusCode(200)
        .body("urls.completed", equalTo(List.of(true, false)));
  }

  @Test
  void wantsOnlyTheDamagedPartAgain() {
    // Given
    byte[] bytes = text(2 * PART + 77);
    byte[] sent = bytes.clone();
    sent[PART + 3] ^= 1;
    Map<String, Object> file = file(PROJECT, TEXTS, "damaged.txt", bytes);
    String id = begun(file);
    List<Map<String, Object>> parts = putParts(id, sent, List.of(1, 2, 3));
    report(id, told(parts, bytes)).then().statusCode(200);

    // When
    complete(id).then().statusCode(200);

    // Then
    ended(id, "open").then().body("reason", containsString("part 2 must be sent again"));
    chunks(file)
        .then()
        .body("uploadId", equalTo(id))
        .body("chunks.partNumber", equalTo(List.of(1, 3)));
    report(id, told(putParts(id, bytes, List.of(2)), bytes))
        .then()
        .statusCode(200)
        .body("partsDone", equalTo(3));
    complete(id).then().statusCode(200);
    ended(id, "completed").then().body("sha256", equalTo(sha256(bytes)));
    assertThat(stored("damaged.txt")).isEqualTo(bytes);
  }

  @Test
  void wantsASmallFileAgainThatIsNotWhatWasTold() {
    // Given
    byte[] bytes = text(100);
    Map<String, Object> file = file(PROJECT, TEXTS, "small.txt", bytes);
    String id = begun(file);
    byte[] sent = bytes.clone();
    sent[7] ^= 1;
    report(id, told(putParts(id, sent, List.of(1)), bytes));

    // When
    complete(id);

    // Then
    ended(id, "open").then().body("reason", containsString("part 1"));
    chunks(file).then().body("chunks", hasSize(0));
    putParts(id, bytes, List.of(1));
    complete(id);
    ended(id, "completed");
    assertThat(stored("small.txt")).isEqualTo(bytes);
  }

  @Test
  void latePutReplacesNothing() {
    // Given
    byte[] bytes = text(50);
    String id = begun(file(PROJECT, TEXTS, "proof.txt", bytes));
    String url = urls(id, List.of(1)).path("urls[0].url");
    put(url, bytes);
    complete(id);
    ended(id, "completed");

    // When
    byte[] other = bytes.clone();
    other[0] ^= 1;
    put(url, other);

    // Then
    assertThat(stored("proof.txt")).isEqualTo(bytes);
  }

  @Test
  void sendsNothingThatTheProjectHolds() {
    // Given
    Map<String, Object> file = file(PROJECT, TEXTS, "again/held.md", CatalogFake.HELD);

    // Then
    chunks(unhashed("again/held.md", CatalogFake.HELD)).then().body("sizeHeld", equalTo(true));
    String id =
        begin(file)
            .then()
            .statusCode(201)
            .body("state", equalTo("completed"))
            .body("mediaType", equalTo("text/markdown"))
            .extract()
            .path("uploadId");
    assertThat(ImportCalls.facts("UploadCompleted", id, 1).getFirst().value())
        .contains("\"crc32c\":\"0badcafe\"");
    assertThat(begun(file)).isEqualTo(id);
    chunks(file).then().body("done", equalTo(true));
    Map<String, Object> elsewhere = file(PROJECT, "image-truth", "held.txt", CatalogFake.HELD);
    begin(elsewhere).then().body("state", equalTo("ignored"));
  }

  @Test
  void namesQuotaBeforeAnyAddress() {
    Map<String, Object> fits = file("tight", "binary-q", "fits.bin", new byte[900]);
    Map<String, Object> tooMuch = file("tight", "binary-q", "more.bin", new byte[101]);
    String id = begun(fits);
    begin(tooMuch)
        .then()
        .statusCode(413)
        .body("code", equalTo("quota-exceeded"))
        .body("errors[0].allowed", equalTo("at most 100 bytes"));
    as("ada").delete(ROOT + "/" + id).then().statusCode(204);
    begin(tooMuch).then().statusCode(201);
  }

  @Test
  void refusesContentThatWasErasedBeforeAnyAddress() {
    Map<String, Object> file = file(PROJECT, TEXTS, "erased.txt", CatalogFake.ERASED);
    begin(file)
        .then()
        .statusCode(451)
        .body("code", equalTo("content-erased"))
        .body("detail", containsString("'erased.txt': its content was erased"))
        .body("detail", containsString("request 17"))
        .body("errors.field", equalTo(List.of("path", "sha256")));
    batch(file)
        .then()
        .statusCode(200)
        .body("files[0].problem.code", equalTo("content-erased"))
        .body("files[0].part", nullValue());
  }

  @Test
  void leavesOutErasedContentWhoseDigestIsKnownWhenItIsReadBack() {
    // Given
    String id = begun(unhashed("erased-later.txt", CatalogFake.ERASED));
    putParts(id, CatalogFake.ERASED, List.of(1));

    // When
    as("ada")
        .body(Map.of("sha256", sha256(CatalogFake.ERASED)))
        .post(ROOT + "/" + id + "/complete")
        .then()
        .statusCode(200);

    // Then
    ended(id, "ignored").then().body("reason", containsString("must not come back: request 17"));
    assertThat(ImportCalls.facts("FileIgnored", id, 1)).hasSize(1);
  }

  private byte[] stored(String path) {
    return Await.await(
        () -> objects.read(objects.bucketOf(PROJECT), "dataset/" + TEXTS + "/v1/" + path));
  }

  private static Map<String, Object> unhashed(String path, byte[] bytes) {
    Map<String, Object> file = new HashMap<>(file(PROJECT, TEXTS, path, bytes));
    file.remove("sha256");
    return file;
  }

  /** Parts as the store took them, with the checksums of what should have been sent. */
  private static List<Map<String, Object>> told(List<Map<String, Object>> parts, byte[] bytes) {
    return parts.stream()
        .map(
            part -> {
              int from = ((int) part.get("partNumber") - 1) * PART;
              byte[] right = Arrays.copyOfRange(bytes, from, from + (int) part.get("size"));
              Map<String, Object> told = new HashMap<>(part);
              told.put("crc32c", crc32c(right));
              return told;
            })
        .toList();
  }

  private static byte[] text(int length) {
    byte[] bytes =
        "all work and no play makes a dull file\n".repeat(length / 39 + 1).getBytes(UTF_8);
    byte[] cut = Arrays.copyOf(bytes, length);
    if (length > 8) {
      byte[] mark = "%08d".formatted(length).getBytes(UTF_8);
      System.arraycopy(mark, 0, cut, 0, mark.length);
    }
    return cut;
  }
}
