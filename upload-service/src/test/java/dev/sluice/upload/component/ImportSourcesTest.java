package dev.sluice.upload.component;

import static dev.sluice.testing.Await.await;
import static dev.sluice.upload.component.ImportCalls.facts;
import static dev.sluice.upload.component.ImportCalls.order;
import static dev.sluice.upload.component.ImportCalls.requested;
import static dev.sluice.upload.component.ImportCalls.sealed;
import static dev.sluice.upload.component.ImportCalls.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Ganesha;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.TestIdentityResource;
import io.minio.errors.MinioException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole imports from real servers that are not web servers: two S3 stores and an NFS server. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(StoresWorld.class)
@WithTestResource(ImportWorld.class)
class ImportSourcesTest {
  private static final String DATASET = "books";
  private static final String BUCKET = "library";
  private static final byte[] A = "A".getBytes(UTF_8);
  private static final byte[] BIG = text(12 << 20);

  @Inject ObjectStore objects;
  @TempDir Path work;

  @Test
  void bringsFolderOfAnotherStoreByCredentialsOfThatName() throws MinioException {
    // Given
    StoresWorld.putElsewhere(BUCKET, "2026/a.txt", A);
    StoresWorld.putElsewhere(BUCKET, "2026/in/big.txt", BIG);
    StoresWorld.putElsewhere(BUCKET, "2027/other.txt", A);
    Map<String, Object> order = from(StoresWorld.PROJECT, StoresWorld.elsewhere(BUCKET, "2026"));

    // When
    String first = requested(order);
    sealed(StoresWorld.PROJECT, DATASET, first).then().body("filesDone", equalTo(2));
    String same = requested(order);
    until(same, "unchanged").then().body("version", nullValue());
    StoresWorld.putElsewhere(BUCKET, "2026/a.txt", "A, changed".getBytes(UTF_8));
    String changed = requested(order);

    // Then
    assertThat(stored(StoresWorld.PROJECT, DATASET, "v1", "in/big.txt")).isEqualTo(BIG);
    sealed(StoresWorld.PROJECT, DATASET, changed)
        .then()
        .body("version", equalTo("v2"))
        .body("filesDone", equalTo(1))
        .body("filesUnchanged", equalTo(1));
    assertThat(stored(StoresWorld.PROJECT, DATASET, "v2", "a.txt"))
        .isEqualTo("A, changed".getBytes(UTF_8));
  }

  @Test
  void refusesCredentialsToProjectsThatTheyAreNotFor() throws MinioException {
    StoresWorld.putElsewhere(BUCKET, "2026/a.txt", A);

    String id = requested(from("strangers", StoresWorld.elsewhere(BUCKET, "2026")));

    ImportCalls.failed(id).then().body("code", equalTo("source-refused"));
  }

  @Test
  void bringsObjectsWhoseKeysArePathsInAnotherSpelling() throws MinioException {
    // Given
    StoresWorld.putElsewhere(BUCKET, "odd/e\u0301te\u0301.txt", A);
    StoresWorld.putElsewhere(BUCKET, "single/one.txt", BIG);
    Map<String, Object> order =
        from(
            StoresWorld.PROJECT,
            StoresWorld.elsewhere(BUCKET, "odd/"),
            StoresWorld.elsewhere(BUCKET, "single/one.txt"));
    order.put("dataset", "odd");

    // When
    String id = requested(order);

    // Then
    sealed(StoresWorld.PROJECT, "odd", id).then().body("filesDone", equalTo(2));
    assertThat(stored(StoresWorld.PROJECT, "odd", "v1", "one.txt")).isEqualTo(BIG);
    assertThat(stored(StoresWorld.PROJECT, "odd", "v1", "\u00e9t\u00e9.txt")).isEqualTo(A);
  }

  @Test
  void hasItsOwnStoreCopySoThatNoByteOfThemIsSent() throws MinioException {
    // Given
    String project = "copies";
    StoresWorld.putHere(project, "shelf/a.txt", A);
    StoresWorld.putHere(project, "shelf/big.txt", BIG);
    StoresWorld.own().forget();

    // When
    String id = requested(order(project, DATASET, StoresWorld.here(project, "shelf/")));

    // Then
    sealed(project, DATASET, id).then().body("filesDone", equalTo(2));
    String heard = StoresWorld.own().heard();
    assertThat(stored(project, DATASET, "v1", "big.txt")).isEqualTo(BIG);
    assertThat(heard)
        .as("requests without a body, and none for the bytes of the source")
        .hasSizeLessThan(64 << 10)
        .doesNotContain("GET /" + StoresWorld.bucketOf(project) + "/shelf/")
        .containsIgnoringCase("x-amz-copy-source:");
    assertThat(facts("UploadCompleted", "\"project\":\"" + project + "\"", 2))
        .extracting(ConsumerRecord::value)
        .anyMatch(said -> said.contains(UploadCalls.crc32cInHex(A)))
        .anyMatch(said -> said.contains(UploadCalls.crc32cInHex(BIG)));
  }

  @Test
  void bringsFolderOfAnNfsServerAndAgainOnlyWhatChanged() throws IOException {
    // Given
    Path export = Files.createDirectories(work.toRealPath().resolve("export"));
    Files.createDirectories(export.resolve("notes/in"));
    Files.write(export.resolve("notes/a.txt"), A);
    Files.write(export.resolve("notes/in/big.txt"), BIG);
    try (Ganesha server = Ganesha.serving(export, work)) {
      String url =
          "nfs://127.0.0.1:%d%s/notes?mountport=%d"
              .formatted(server.nfsPort(), export, server.mountPort());

      // When
      String first = requested(order("nfs", DATASET, url));
      sealed("nfs", DATASET, first).then().body("filesDone", equalTo(2));
      String same = requested(order("nfs", DATASET, url));
      until(same, "unchanged");
      Files.write(export.resolve("notes/a.txt"), "A, changed".getBytes(UTF_8));
      String changed = requested(order("nfs", DATASET, url));

      // Then
      sealed("nfs", DATASET, changed)
          .then()
          .body("version", equalTo("v2"))
          .body("filesDone", equalTo(1))
          .body("filesUnchanged", equalTo(1));
    }
    assertThat(stored("nfs", DATASET, "v1", "in/big.txt")).isEqualTo(BIG);
    assertThat(stored("nfs", DATASET, "v2", "a.txt")).isEqualTo("A, changed".getBytes(UTF_8));
  }

  private static Map<String, Object> from(String project, String... urls) {
    Map<String, Object> order = order(project, DATASET);
    order.put(
        "sources",
        List.of(urls).stream()
            .map(url -> Map.of("url", url, "credentials", StoresWorld.CREDENTIALS))
            .toList());
    return order;
  }

  private byte[] stored(String project, String dataset, String version, String path) {
    String key = "dataset/" + dataset + "/" + version + "/" + path;
    return await(() -> objects.read(objects.bucketOf(project), key));
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
