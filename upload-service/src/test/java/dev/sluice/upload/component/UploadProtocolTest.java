package dev.sluice.upload.component;

import static dev.sluice.testing.Await.await;
import static dev.sluice.upload.component.UploadCalls.ROOT;
import static dev.sluice.upload.component.UploadCalls.as;
import static dev.sluice.upload.component.UploadCalls.begin;
import static dev.sluice.upload.component.UploadCalls.begun;
import static dev.sluice.upload.component.UploadCalls.chunks;
import static dev.sluice.upload.component.UploadCalls.complete;
import static dev.sluice.upload.component.UploadCalls.ended;
import static dev.sluice.upload.component.UploadCalls.file;
import static dev.sluice.upload.component.UploadCalls.put;
import static dev.sluice.upload.component.UploadCalls.putParts;
import static dev.sluice.upload.component.UploadCalls.report;
import static dev.sluice.upload.component.UploadCalls.upload;
import static dev.sluice.upload.component.UploadCalls.urls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The whole protocol against real servers, with real PUTs. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
class UploadProtocolTest {
  private static final String PROJECT = "protocol";
  private static final String TEXTS = "text-docs";

  @Inject ObjectStore objects;

  @Test
  void carriesSmallFileByOnePut() {
    // Given
    byte[] bytes = "Grüße\n".getBytes(UTF_8);
    Map<String, Object> file = file(PROJECT, TEXTS, "sub/größe (1) %41;+&.md", bytes);

    // When
    String id = upload(file, bytes);

    // Then
    ended(id, "completed").then().body("mediaType", equalTo("text/markdown"));
    chunks(file).then().body("done", equalTo(true));
    String key = "dataset/" + TEXTS + "/v1/sub/größe (1) %41;+&.md";
    assertThat(await(() -> objects.read(objects.bucketOf(PROJECT), key))).isEqualTo(bytes);
  }

  @Test
  void carriesEmptyFile() {
    Map<String, Object> file = file(PROJECT, TEXTS, "empty.txt", new byte[0]);
    String id = upload(file, new byte[0]);
    ended(id, "completed").then().body("size", equalTo(0));
  }

  @Test
  void resumesLargeFileFromWhatTheStoreHas() {
    // Given
    byte[] bytes = text(20 << 20);
    Map<String, Object> file = file(PROJECT, TEXTS, "large.txt", bytes);
    chunks(file).then().statusCode(200).body("uploadId", equalTo("")).body("chunks", hasSize(0));
    String id = begun(file);
    putParts(id, bytes, List.of(1, 3));

    // When
    chunks(file)
        .then()
        .body("uploadId", equalTo(id))
        .body("partCount", equalTo(3))
        .body("chunks.partNumber", equalTo(List.of(1, 3)));
    complete(id)
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("parts-missing"))
        .body("errors.value", equalTo(List.of("2")));
    assertThat(begun(file)).isEqualTo(id);
    urls(id, List.of(1, 2)).then().body("urls.completed", equalTo(List.of(true, false)));
    as("ada")
        .body(Map.of("partNumbers", List.of(1, 2), "neverSent", true))
        .post(UploadCalls.ROOT + "/" + id + "/urls")
        .then()
        .body("urls.completed", equalTo(List.of(false, false)));
    List<Map<String, Object>> put = putParts(id, bytes, List.of(1, 2, 3));
    report(id, put)
        .then()
        .statusCode(200)
        .body("partsDone", equalTo(1))
        .body("partsTotal", equalTo(3));

    // Then
    assertThat(put).hasSize(1);
    complete(id).then().statusCode(200);
    complete(id).then().statusCode(200).body("uploadId", equalTo(id));
    ended(id, "completed").then().body("mediaType", equalTo("text/plain"));
    complete(id).then().statusCode(200).body("state", equalTo("completed"));
    assertThat(events("ChunkUploaded", id, 3)).hasSize(3);
    assertThat(events("UploadCompleted", id, 1).getFirst().value())
        .contains("\"crc32c\":\"" + UploadCalls.crc32cInHex(bytes) + "\"");
  }

  @Test
  void saysEachPartOnceHoweverOftenItIsReported() {
    // Given
    byte[] bytes = text(9 << 20);
    String id = begun(file(PROJECT, TEXTS, "twice.txt", bytes));
    List<Map<String, Object>> put = putParts(id, bytes, List.of(1, 2));

    // When
    report(id, put).then().statusCode(200).body("bytesDone", equalTo(bytes.length));
    report(id, put).then().statusCode(200).body("bytesDone", equalTo(bytes.length));
    complete(id);
    ended(id, "completed");

    // Then
    assertThat(events("ChunkUploaded", id, 2)).hasSize(2);
  }

  @Test
  void ignoresNameOfOtherTypeAtNoCost() {
    Map<String, Object> file = file(PROJECT, TEXTS, "photo.png", new byte[] {1, 2});
    String id =
        begin(file)
            .then()
            .statusCode(201)
            .body("state", equalTo("ignored"))
            .body("reason", containsString("image/png"))
            .extract()
            .path("uploadId");
    assertThat(begun(file)).isEqualTo(id);
    assertThat(events("FileIgnored", id, 1)).hasSize(1);
  }

  @Test
  void ignoresContentOfOtherTypeAndDeletesIt() {
    // Given
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0};

    // When
    String id = upload(file(PROJECT, TEXTS, "disguised.txt", png), png);

    // Then
    ended(id, "ignored").then().body("reason", containsString("image/png"));
    assertThat(events("FileIgnored", id, 1)).hasSize(1);
    absent("dataset/" + TEXTS + "/v1/disguised.txt");
  }

  @Test
  void failsWhenContentIsNotWhatWasAnnounced() {
    // Given
    byte[] announced = "the truth".getBytes(UTF_8);
    byte[] sent = "the trust".getBytes(UTF_8);
    Map<String, Object> file = file(PROJECT, TEXTS, "broken.txt", announced);

    // When
    String id = upload(file, sent);

    // Then
    ended(id, "failed").then().body("reason", containsString("SHA-256"));
    absent("dataset/" + TEXTS + "/v1/broken.txt");
    chunks(file).then().body("uploadId", equalTo("")).body("done", equalTo(false));
    String second = upload(file, announced);
    assertThat(second).isNotEqualTo(id);
    ended(second, "completed");
  }

  @Test
  void bindsAddressToItsLength() {
    byte[] bytes = "four".getBytes(UTF_8);
    String id = begun(file(PROJECT, TEXTS, "bound.txt", bytes));
    String url = urls(id, List.of(1)).path("urls[0].url");
    assertThat(put(url, "longer".getBytes(UTF_8)).statusCode()).isEqualTo(403);
    assertThat(put(url.replace("/staging/", "/staging/1"), bytes).statusCode()).isEqualTo(403);
    assertThat(put(url, bytes).statusCode()).isEqualTo(200);
  }

  @Test
  void lastAnnouncementOfPathWins() {
    // Given
    byte[] old = text(9 << 20);
    byte[] fresh = "new".getBytes(UTF_8);
    String first = begun(file(PROJECT, TEXTS, "changing.txt", old));
    putParts(first, old, List.of(1));

    // When
    String second = upload(file(PROJECT, TEXTS, "changing.txt", fresh), fresh);

    // Then
    ended(second, "completed");
    ended(first, "aborted").then().body("reason", containsString("another file"));
    complete(first).then().statusCode(409).body("code", equalTo("upload-over"));
    assertThat(events("UploadAborted", first, 1)).hasSize(1);
  }

  @Test
  void abortThrowsPartsAway() {
    byte[] bytes = text(9 << 20);
    Map<String, Object> file = file(PROJECT, TEXTS, "given-up.txt", bytes);
    String id = begun(file);
    putParts(id, bytes, List.of(1));
    as("ada").delete(ROOT + "/" + id).then().statusCode(204);
    as("ada").delete(ROOT + "/" + id).then().statusCode(204);
    urls(id, List.of(1)).then().statusCode(409).body("code", equalTo("upload-over"));
    chunks(file).then().body("uploadId", equalTo(""));
  }

  @Test
  void repeatsAnswerForIdempotencyKey() {
    Map<String, Object> file = file(PROJECT, TEXTS, "once.txt", new byte[3]);
    String id = as("ada").header("Idempotency-Key", "k1").body(file).post(ROOT).path("uploadId");
    as("ada")
        .header("Idempotency-Key", "k1")
        .body(file)
        .post(ROOT)
        .then()
        .statusCode(201)
        .body("uploadId", equalTo(id));
    file.put("path", "other.txt");
    as("ada").header("Idempotency-Key", "k1").body(file).post(ROOT).then().statusCode(422);
  }

  @Test
  void listsUploadsByState() {
    String id = begun(file(PROJECT, "text-list", "a.txt", new byte[] {65}));
    begun(file(PROJECT, "text-list", "b.txt", new byte[] {66}));
    as("vic")
        .queryParams("project", PROJECT, "dataset", "text-list", "state", "open", "limit", 1)
        .get(ROOT)
        .then()
        .statusCode(200)
        .body("items.uploadId", equalTo(List.of(id)))
        .body("nextCursor", org.hamcrest.Matchers.notNullValue());
  }

  @Test
  void signsThousandsOfAddressesAtOnce() {
    Map<String, Object> file = file(PROJECT, "binary-1", "huge.bin", new byte[0]);
    file.put("size", 1L << 42);
    String id = begun(file);
    int parts = as("ada").get(ROOT + "/" + id).path("partCount");
    assertThat(parts).isBetween(8_000, 9_000);
    List<Integer> all = java.util.stream.IntStream.rangeClosed(1, parts).boxed().toList();
    urls(id, all).then().statusCode(200).body("urls", hasSize(parts));
  }

  private void absent(String key) {
    Awaitility.await("object is gone")
        .atMost(Duration.ofSeconds(15))
        .until(() -> await(() -> objects.stat(objects.bucketOf(PROJECT), key)).isEmpty());
  }

  private static List<ConsumerRecord<String, String>> events(String type, String id, int count) {
    try (TestKafka kafka = TestKafka.connect()) {
      return kafka.collect(
          "sluice.uploads",
          count,
          Duration.ofSeconds(20),
          r ->
              TestKafka.header(r, "ce_type").equals("dev.sluice." + type + ".v1")
                  && r.value().contains(id));
    }
  }

  private static byte[] text(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    Random random = new Random(length);
    for (int i = 0; i < length; i += 64) {
      bytes[i] = (byte) ('a' + random.nextInt(26));
    }
    return bytes;
  }
}
