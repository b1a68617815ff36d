package dev.sluice.upload.component;

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
import static dev.sluice.upload.component.UploadCalls.urls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.PartStore;
import dev.sluice.upload.storage.PartUrlSigner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** Several clients, several replicas, and what comes too late. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
class UploadRaceTest {
  private static final String PROJECT = "races";
  private static final String DATASET = "binary-races";
  private static final int CLIENTS = 8;
  private static final int PART = 8 << 20;

  @Inject ObjectStore objects;
  @Inject PartStore parts;
  @Inject PartUrlSigner signer;
  @Inject Mutiny.SessionFactory sessions;
  @Inject DataSource database;

  @Test
  void manyClientsOfOneFileMeetInOneUpload() throws Exception {
    // Given
    byte[] bytes = new byte[PART + 9];
    Map<String, Object> file = file(PROJECT, DATASET, "met.bin", bytes);

    // When
    List<String> ids =
        together(() -> begin(file).then().statusCode(201).extract().path("uploadId"));
    String id = ids.getFirst();
    together(() -> putParts(id, bytes, List.of(1, 2)));
    List<Integer> answers = together(() -> complete(id).statusCode());

    // Then
    assertThat(ids).containsOnly(id);
    assertThat(answers).containsOnly(200);
    ended(id, "completed");
    try (TestKafka kafka = TestKafka.connect()) {
      assertThat(
              kafka.collect(
                  "sluice.uploads",
                  1,
                  Duration.ofSeconds(20),
                  r ->
                      TestKafka.header(r, "ce_type").equals("dev.sluice.UploadCompleted.v1")
                          && r.value().contains(id)))
          .hasSize(1);
    }
  }

  @Test
  void filesThatExcludeEachOtherAreNotBothTaken() throws Exception {
    List<Callable<Response>> both =
        List.of(
            () -> begin(file(PROJECT, DATASET, "either", new byte[1])),
            () -> begin(file(PROJECT, DATASET, "either/or.bin", new byte[2])));
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Integer> answers =
          pool.invokeAll(both).stream().map(UploadRaceTest::got).map(Response::statusCode).toList();
      assertThat(answers).containsExactlyInAnyOrder(201, 409);
    }
  }

  @Test
  void latePartOfAMergedUploadIsRefusedOrChangesNothing() {
    // Given
    byte[] bytes = new byte[PART + 3];
    String id = begun(file(PROJECT, DATASET, "late.bin", bytes));
    String late = urls(id, List.of(2)).path("urls[0].url");
    putParts(id, bytes, List.of(1, 2));
    complete(id);
    ended(id, "completed");

    // When
    put(late, new byte[] {1, 2, 3});

    // Then
    assertThat(
            Await.await(
                () ->
                    objects.read(
                        objects.bucketOf(PROJECT), "dataset/" + DATASET + "/v1/late.bin", PART, 3)))
        .containsOnly(0);
  }

  @Test
  void waitsForAMergeUnderWayBeforeItCallsPartsMissing() throws Exception {
    // Given
    byte[] bytes = new byte[PART + 5];
    Map<String, Object> file = file(PROJECT, DATASET, "merging.bin", bytes);
    String id = begun(file);
    putParts(id, bytes, List.of(1));
    execute(
        """
        insert into upload.upload_part (upload_id, part_number, etag, size)
        values ('%s', 2, 'merged', 5)
        """
            .formatted(id));
    // When
    Response answer;
    try (ExecutorService client = Executors.newSingleThreadExecutor();
        Connection merge = database.getConnection();
        Statement row = merge.createStatement()) {
      merge.setAutoCommit(false);
      row.execute("update upload.upload set state = 'verifying' where id = '%s'".formatted(id));
      Future<Response> asked = client.submit(() -> chunks(file));
      Awaitility.await().until(this::somebodyWaitsForARow);
      merge.commit();
      answer = got(asked);
    }
    // Then
    answer.then().statusCode(200).body("state", equalTo("verifying"));
  }

  @Test
  void speaksOfPartsThatAStepMergedBeforeItDied() throws Exception {
    // Given
    byte[] bytes = new byte[PART + 7];
    Map<String, Object> file = file(PROJECT, DATASET, "merged.bin", bytes);
    String id = begun(file);
    report(id, putParts(id, bytes, List.of(1, 2))).then().statusCode(200);
    ObjectAddress address =
        new ObjectAddress(
            objects.bucketOf(PROJECT), new ObjectKey("dataset/" + DATASET + "/v1/merged.bin"));
    String storeUploadId = storeUploadId(id);
    List<StoredPart> stored = Await.await(() -> parts.parts(address, storeUploadId)).orElseThrow();
    // When
    Await.await(() -> parts.merge(address, storeUploadId, stored));
    // Then
    chunks(file)
        .then()
        .body("state", equalTo("open"))
        .body("chunks.partNumber", equalTo(List.of(1, 2)));
    complete(id).then().statusCode(200);
    ended(id, "completed");
  }

  @Test
  void anotherReplicaTakesOverWhenTheFirstOneDied() {
    // Given
    byte[] bytes = new byte[] {4, 2};
    String id = begun(file(PROJECT, DATASET, "orphaned.bin", bytes));
    putParts(id, bytes, List.of(1));

    // When
    Await.await(
        () ->
            sessions.withTransaction(
                session ->
                    session
                        .createNativeQuery(
                            """
                            update upload.upload set state = 'verifying',
                              lease_owner = gen_random_uuid(),
                              lease_until = now() + interval '2 seconds'
                            where id = cast(:id as uuid)
                            """)
                        .setParameter("id", id)
                        .executeUpdate()));

    // Then
    ended(id, "completed");
  }

  @Test
  void knowsMoreThanThousandParts() {
    // Given
    int count = 1_001;
    String bucket = objects.bucketOf(PROJECT);
    Await.await(() -> objects.ensureBucket(bucket).replaceWith(true));
    ObjectAddress address = new ObjectAddress(bucket, new ObjectKey("dataset/x/v1/many.bin"));
    String storeUploadId = Await.await(() -> parts.begin(address, false));
    PartUrlSigner.Signing signing = signer.signing(address, storeUploadId, Duration.ofMinutes(5));

    // When
    IntStream.rangeClosed(1, count)
        .forEach(n -> put(signing.put(n, 1).url().toString(), new byte[] {(byte) n}));

    // Then
    Optional<List<StoredPart>> stored = Await.await(() -> parts.parts(address, storeUploadId));
    assertThat(stored.orElseThrow())
        .extracting(StoredPart::partNumber)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, count).boxed().toList());
  }

  @Test
  void listsUploadsOfStrangersToNobody() {
    String id = begun(file(PROJECT, DATASET, "mine.bin", new byte[1]));
    as("mallory").get(ROOT + "/" + id).then().statusCode(404);
    as("mallory")
        .body(Map.of("project", PROJECT, "uploads", List.of(Map.of("uploadId", id, "etag", "x"))))
        .post(ROOT + "/batch/complete")
        .then()
        .statusCode(404);
    as("mallory")
        .queryParams("project", PROJECT, "dataset", DATASET, "version", "v1")
        .get(ROOT + "/summary")
        .then()
        .statusCode(404);
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement plain = connection.createStatement()) {
      plain.execute(statement);
    }
  }

  private String storeUploadId(String id) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement plain = connection.createStatement();
        ResultSet row =
            plain.executeQuery(
                "select store_upload_id from upload.upload where id = '%s'".formatted(id))) {
      row.next();
      return row.getString(1);
    }
  }

  private boolean somebodyWaitsForARow() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement plain = connection.createStatement();
        ResultSet waiting =
            plain.executeQuery(
                """
                select 1 from pg_stat_activity
                where datname = current_database() and wait_event_type = 'Lock'
                """)) {
      return waiting.next();
    }
  }

  private static <T> List<T> together(Callable<T> call) throws InterruptedException {
    try (ExecutorService pool = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<T>> calls = IntStream.range(0, CLIENTS).mapToObj(i -> call).toList();
      return pool.invokeAll(calls).stream().map(UploadRaceTest::got).toList();
    }
  }

  private static <T> T got(Future<T> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
