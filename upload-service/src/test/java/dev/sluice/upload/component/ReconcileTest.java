package dev.sluice.upload.component;

import static dev.sluice.upload.component.UploadCalls.ROOT;
import static dev.sluice.upload.component.UploadCalls.as;
import static dev.sluice.upload.component.UploadCalls.begun;
import static dev.sluice.upload.component.UploadCalls.chunks;
import static dev.sluice.upload.component.UploadCalls.complete;
import static dev.sluice.upload.component.UploadCalls.ended;
import static dev.sluice.upload.component.UploadCalls.file;
import static dev.sluice.upload.component.UploadCalls.putParts;
import static dev.sluice.upload.component.UploadCalls.upload;
import static dev.sluice.upload.component.UploadCalls.urls;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.PartStore;
import dev.sluice.upload.storage.StoreListing;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What has no owner is found; what has one is left alone. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(S3Resource.class)
@QuarkusTestResource(TestIdentityResource.class)
@WithTestResource(CatalogFake.class)
class ReconcileTest {
  private static final String PROJECT = "reconciled";
  private static final String DATASET = "binary-r";
  private static final byte[] BYTES = "somebody".getBytes(UTF_8);

  @Inject ObjectStore objects;
  @Inject PartStore parts;
  @Inject StoreListing listing;

  @Test
  void throwsAwayWhatNobodyOwns() {
    // Given
    byte[] large = new byte[9 << 20];
    String open = begun(file(PROJECT, DATASET, "open.bin", large));
    putParts(open, large, List.of(1));
    String staged = begun(file(PROJECT, DATASET, "staged.bin", BYTES));
    putParts(staged, BYTES, List.of(1));
    String unknown = "dataset/" + DATASET + "/v1/unknown.bin";
    String lost = "staging/" + UUID.randomUUID();
    put(unknown);
    put(lost);
    put(CatalogFake.HELD_KEY);
    put("dataset/binary-r/v3/_sluice/manifest-a1.json");
    String orphan = "dataset/" + DATASET + "/v1/orphan.bin";
    String orphanId =
        Await.await(() -> parts.begin(new ObjectAddress(bucket(), new ObjectKey(orphan)), false));

    // When
    ValidatableResponse dry = reconcile(true);
    ValidatableResponse real = reconcile(false);

    // Then
    dry.body("multipartUploads.names", equalTo(List.of(orphan)))
        .body("stagedObjects.names", hasItem(lost))
        .body("stagedObjects.names", not(hasItem("staging/" + staged)))
        .body("objects.names", hasItem(unknown))
        .body("objects.names", not(hasItem(CatalogFake.HELD_KEY)));
    real.body("multipartUploads.orphans", equalTo(1))
        .body("objects.orphans", greaterThanOrEqualTo(1));
    reconcile(false)
        .body("multipartUploads.orphans", equalTo(0))
        .body("stagedObjects.orphans", equalTo(0))
        .body("objects.orphans", equalTo(0));
    assertThat(Await.await(() -> listing.multiparts(bucket(), "dataset/")))
        .noneMatch(upload -> upload.storeUploadId().equals(orphanId));
    chunks(file(PROJECT, DATASET, "open.bin", large)).then().body("chunks", hasSize(1));
    complete(staged);
    ended(staged, "completed");
  }

  @Test
  void saysAgainWhatTheCatalogHasForgotten() {
    String id = upload(file(PROJECT, "binary-forgotten", "a.bin", BYTES), BYTES);
    ended(id, "completed");
    reconcile(true).body("factsSaidAgain.names", hasItem("dataset/binary-forgotten/v1/a.bin"));
  }

  @Test
  void beginsAnewWhenTheStoreForgotTheParts() {
    // Given
    byte[] large = new byte[(8 << 20) + 5];
    large[3] = 1;
    Map<String, Object> file = file(PROJECT, DATASET, "forgotten.bin", large);
    String id = begun(file);
    putParts(id, large, List.of(1));
    ObjectAddress address =
        new ObjectAddress(bucket(), new ObjectKey("dataset/" + DATASET + "/v1/forgotten.bin"));
    Await.await(() -> listing.multiparts(address.bucket(), address.key().value()))
        .forEach(
            upload ->
                Await.await(() -> parts.abort(address, upload.storeUploadId()).replaceWith(true)));

    // When
    chunks(file).then().body("uploadId", equalTo(id)).body("chunks", hasSize(0));
    urls(id, List.of(1, 2))
        .then()
        .statusCode(200)
        .body("urls.completed", equalTo(List.of(false, false)));
    putParts(id, large, List.of(1, 2));
    complete(id).then().log().ifValidationFails().statusCode(200);

    // Then
    ended(id, "completed");
  }

  @Test
  void isForOwnersAndNamesWhatIsMissing() {
    as("vic")
        .body(Map.of("project", PROJECT))
        .post(ROOT + "/reconciliations")
        .then()
        .statusCode(403);
    as("olga")
        .body(Map.of())
        .post(ROOT + "/reconciliations")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("project"));
  }

  private ValidatableResponse reconcile(boolean dryRun) {
    return as("olga")
        .body(Map.of("project", PROJECT, "dryRun", dryRun))
        .post(ROOT + "/reconciliations")
        .then()
        .statusCode(200);
  }

  private String bucket() {
    return objects.bucketOf(PROJECT);
  }

  private void put(String key) {
    Await.await(() -> objects.ensureBucket(bucket()).replaceWith(true));
    Await.await(
        () -> objects.put(bucket(), key, BYTES, "application/octet-stream").replaceWith(true));
  }
}
