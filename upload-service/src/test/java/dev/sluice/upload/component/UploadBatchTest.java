package dev.sluice.upload.component;

import static dev.sluice.upload.component.UploadCalls.ROOT;
import static dev.sluice.upload.component.UploadCalls.as;
import static dev.sluice.upload.component.UploadCalls.begun;
import static dev.sluice.upload.component.UploadCalls.crc32c;
import static dev.sluice.upload.component.UploadCalls.ended;
import static dev.sluice.upload.component.UploadCalls.put;
import static dev.sluice.upload.component.UploadCalls.sha256;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many small files by few requests. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
class UploadBatchTest {
  private static final String PROJECT = "batches";
  private static final String TEXTS = "text-batches";

  @Inject ObjectStore objects;

  @Test
  void carriesManyFilesByFewRequests() {
    // Given
    byte[] first = text(10);
    byte[] second = text(20);
    List<Map<String, Object>> files =
        List.of(
            small("many/a.txt", first),
            small("many/b.txt", second),
            small("../c.txt", second),
            small("many/a.txt/d.txt", second),
            small("many/p.png", second),
            small("many/held.txt", CatalogFake.HELD));

    // When
    List<Map<String, Object>> begun =
        as("ada")
            .body(batch(files))
            .post(ROOT + "/batch")
            .then()
            .statusCode(200)
            .body("files[2].problem.code", equalTo("invalid-request"))
            .body("files[3].problem.code", equalTo("path-taken"))
            .body("files[4].state", equalTo("ignored"))
            .body("files[5].state", equalTo("completed"))
            .body("files[5].deduplicated", equalTo(true))
            .body("files[5].part", nullValue())
            .extract()
            .path("files");
    Map<String, Object> a = end(begun.get(0), first);
    Map<String, Object> b = end(begun.get(1), second);
    Map<String, Object> unknown =
        Map.of("uploadId", "00000000-0000-7000-8000-000000000000", "etag", "x");
    as("ada")
        .body(Map.of("project", PROJECT, "uploads", List.of(a, b, unknown)))
        .post(ROOT + "/batch/complete")
        .then()
        .statusCode(200)
        .body("uploads[0].state", equalTo("verifying"))
        .body("uploads[2].problem.code", equalTo("upload-not-found"));

    // Then
    ended((String) begun.get(0).get("uploadId"), "completed");
    ended((String) begun.get(1).get("uploadId"), "completed");
    assertThat(stored("many/b.txt")).isEqualTo(second);
    as("vic")
        .queryParams("project", PROJECT, "dataset", TEXTS, "version", "v1")
        .get(ROOT + "/summary")
        .then()
        .statusCode(200)
        .body("ignored.files", org.hamcrest.Matchers.greaterThan(0));
  }

  @Test
  void tellsAFileThatWasThereFromOneWhoseBytesAreHeldElsewhere() {
    // Given
    Map<String, Object> batch = batch(List.of(small("twice/held.txt", CatalogFake.HELD)));
    as("ada").body(batch).post(ROOT + "/batch").then().body("files[0].deduplicated", is(true));

    // When
    Response again = as("ada").body(batch).post(ROOT + "/batch");

    // Then
    again
        .then()
        .body("files[0].state", equalTo("completed"))
        .body("files[0].deduplicated", nullValue());
  }

  @Test
  void opensAgainWhatWasSaidToBePutButWasNot() {
    // Given
    byte[] bytes = text(30);
    Map<String, Object> begun =
        as("ada")
            .body(batch(List.of(small("lie.txt", bytes))))
            .post(ROOT + "/batch")
            .path("files[0]");

    // When
    String id = (String) begun.get("uploadId");
    as("ada")
        .body(
            Map.of("project", PROJECT, "uploads", List.of(Map.of("uploadId", id, "etag", "none"))))
        .post(ROOT + "/batch/complete")
        .then()
        .statusCode(200);

    // Then
    ended(id, "open").then().body("reason", containsString("not in the store"));
  }

  @Test
  void namesWhatIsWrongWithABatch() {
    as("ada")
        .body(batch(List.of()))
        .post(ROOT + "/batch")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("files"))
        .body("errors[0].allowed", equalTo("1 to 1000 elements"));
    as("ada")
        .body(Map.of("project", PROJECT, "uploads", List.of(Map.of("uploadId", "no"))))
        .post(ROOT + "/batch/complete")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("uploadId"));
    as("vic")
        .body(batch(List.of(small("v.txt", text(1)))))
        .post(ROOT + "/batch")
        .then()
        .statusCode(403);
  }

  private byte[] stored(String path) {
    return Await.await(
        () -> objects.read(objects.bucketOf(PROJECT), "dataset/" + TEXTS + "/v1/" + path));
  }

  private static Map<String, Object> end(Map<String, Object> begun, byte[] bytes) {
    @SuppressWarnings("unchecked")
    Map<String, Object> part = (Map<String, Object>) begun.get("part");
    @SuppressWarnings("unchecked")
    Map<String, String> headers = (Map<String, String>) part.get("headers");
    HttpResponse<String> answer = put((String) part.get("url"), bytes, headers);
    assertThat(answer.statusCode()).isEqualTo(200);
    return Map.of(
        "uploadId",
        begun.get("uploadId"),
        "etag",
        answer.headers().firstValue("ETag").orElseThrow(),
        "crc32c",
        crc32c(bytes));
  }

  private static Map<String, Object> batch(List<Map<String, Object>> files) {
    return Map.of("project", PROJECT, "dataset", TEXTS, "version", "v1", "files", files);
  }

  private static Map<String, Object> small(String path, byte[] bytes) {
    return Map.of(
        "path", path, "size", bytes.length, "sha256", sha256(bytes), "crc32c", crc32c(bytes));
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
