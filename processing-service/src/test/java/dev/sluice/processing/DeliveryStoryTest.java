package dev.sluice.processing;

import static dev.sluice.testing.TestTokens.bearer;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.Manifests;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import dev.sluice.testing.TestServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From the seal of a run's version to its other destinations. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class DeliveryStoryTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path OUT = NeighboursResource.LOCAL_ROOT.resolve("demo");

  @Inject ObjectStore store;

  @Test
  void aSealedVersionIsBroughtToEveryOtherDestination() {
    // Given
    String bucket = "elsewhere-" + UUID.randomUUID();
    Await.await(() -> store.ensureBucket(bucket));
    String run =
        posted(
            Manifests.deliveredTo(
                Manifests.runnable("demo"),
                "- {type: dataset, format: parquet}",
                "- {type: local, url: 'file://" + OUT.resolve("all") + "'}",
                "- {type: s3, secretRef: elsewhere, url: 's3://"
                    + bucket
                    + "/x?endpoint="
                    + TestServers.s3().address()
                    + "'}"));
    String version = stored(run, "part-00000.parquet", "PAR1 rows");

    // When
    sealed(run, version);

    // Then
    JsonPath deliveries = untilAll(run, "delivered");
    assertThat(deliveries.getList("type", String.class)).containsExactly("local", "s3");
    assertThat(deliveries.getLong("[0].files")).isEqualTo(1);
    assertThat(deliveries.getLong("[1].bytes")).isEqualTo(9);
    assertThat(OUT.resolve("all/" + version + "/part-00000.parquet")).hasContent("PAR1 rows");
    assertThat(OUT.resolve("all/_sluice/manifest-" + version + ".json")).exists();
    assertThat(read(bucket, "x/" + version + "/part-00000.parquet")).isEqualTo("PAR1 rows");
    assertThat(read(bucket, "x/_sluice/manifest-" + version + ".json")).contains("\"sha256\"");
    assertThat(fact(run, "DeliveryCompleted")).contains("\"destination\":\"");
  }

  @Test
  void theSameFactSaidAgainDeliversOnce() {
    // Given
    String run = posted(local("once"));
    String version = stored(run, "a.parquet", "PAR1");
    sealed(run, version);
    untilAll(run, "delivered");

    // When
    sealed(run, version);

    // Then
    String other = posted(local("after"));
    sealed(other, stored(other, "a.parquet", "PAR1"));
    untilAll(other, "delivered");
    assertThat(deliveries(run).getList("id")).hasSize(1);
  }

  @Test
  void aPlaceThatRefusesFailsTheDeliveryAndARetryGoesOn() throws IOException {
    // Given
    Path blocked = Files.createDirectories(OUT).resolve("blocked");
    Files.writeString(blocked, "a file where the folder should be");
    String run = posted(local("blocked"));
    String version = stored(run, "a.parquet", "PAR1");
    sealed(run, version);
    JsonPath failed = untilAll(run, "failed");
    assertThat(failed.getString("[0].reasonCode")).isEqualTo("place-refused");
    assertThat(fact(run, "DeliveryFailed")).contains("place-refused");
    Files.delete(blocked);

    // When
    given()
        .header("Authorization", bearer("ada"))
        .post("/api/v1/runs/" + run + "/deliveries/" + failed.getString("[0].id") + "/retry")
        .then()
        .statusCode(202)
        .body("state", equalTo("pending"));

    // Then
    untilAll(run, "delivered");
    assertThat(blocked.resolve(version + "/a.parquet")).hasContent("PAR1");
  }

  @Test
  void bytesThatAreNotTheVersionsFailTheDelivery() {
    // Given
    String run = posted(local("spoiled"));
    String version = stored(run, "a.parquet", "PAR1");
    put("dataset/chunks/" + version + "/a.parquet", "PAR2");

    // When
    sealed(run, version);

    // Then
    JsonPath failed = untilAll(run, "failed");
    assertThat(failed.getString("[0].reasonCode")).isEqualTo("content-wrong");
    assertThat(OUT.resolve("spoiled/" + version + "/a.parquet")).doesNotExist();
  }

  @Test
  void aQdrantDestinationIsIndexedByTheRecipeItNames() {
    // Given
    FakeVectors.INSTANCE.recipe(
        "handbook", "{\"model\":\"m\",\"textColumn\":\"body\",\"distance\":\"Dot\"}");
    String run =
        posted(
            Manifests.deliveredTo(
                Manifests.runnable("demo"),
                "- {type: dataset, format: parquet}",
                "- {type: qdrant, url: 'qdrant://handbook'}"));
    String version = stored(run, "a.parquet", "PAR1");

    // When
    sealed(run, version);

    // Then
    assertThat(untilAll(run, "delivered").getLong("[0].files")).isEqualTo(7);
    assertThat(FakeVectors.INSTANCE.recipe("chunks")).contains("body", "Dot");
    assertThat(FakeVectors.INSTANCE.asked())
        .anyMatch(body -> body.contains("\"" + version + "\"") && body.contains("chunks"));
  }

  @Test
  void destinationsThatCannotBeAreRefusedAtOnce() {
    given()
        .header("Authorization", bearer("ada"))
        .contentType("application/json")
        .body(
            ManifestText.yaml(
                    Manifests.deliveredTo(
                        Manifests.runnable("demo"),
                        "- {type: local, format: parquet, url: 'file:///etc/demo'}",
                        "- {type: local, url: 'file://" + OUT.resolve("../other") + "'}",
                        "- {type: s3, url: 's3://elsewhere/x'}",
                        "- {type: nfs, url: 'nfs://127.0.0.1/export'}"))
                .toString())
        .post("/api/v1/runs")
        .then()
        .statusCode(422)
        .body("code", equalTo("destination-refused"))
        .body("errors", org.hamcrest.Matchers.hasSize(4))
        .body("errors.field", hasItem("spec.destinations[2].url"));
  }

  private static String local(String folder) {
    return Manifests.deliveredTo(
        Manifests.runnable("demo"),
        "- {type: local, format: parquet, url: 'file://" + OUT.resolve(folder) + "'}");
  }

  private static String posted(String yaml) {
    return given()
        .header("Authorization", bearer("ada"))
        .contentType("application/json")
        .body(ManifestText.yaml(yaml).toString())
        .post("/api/v1/runs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  /** Puts a file of the run's version into the store and its list into the catalog. */
  private String stored(String run, String path, String content) {
    await()
        .atMost(SOON)
        .until(
            () ->
                given()
                        .header("Authorization", bearer("ada"))
                        .get("/api/v1/runs/" + run)
                        .jsonPath()
                        .getString("output.version")
                    != null);
    String version =
        given()
            .header("Authorization", bearer("ada"))
            .get("/api/v1/runs/" + run)
            .jsonPath()
            .getString("output.version");
    String key = "dataset/chunks/" + version + "/";
    put(key + path, content);
    FakeCatalog.INSTANCE.seals("chunks@" + version, key, Map.of(path, content.getBytes(UTF_8)));
    return version;
  }

  private void put(String key, String content) {
    String bucket = store.bucketOf("demo");
    Await.await(() -> store.ensureBucket(bucket));
    Await.await(() -> store.put(bucket, key, content.getBytes(UTF_8), "application/octet-stream"));
  }

  private String read(String bucket, String key) {
    return new String(Await.await(() -> store.read(bucket, key)), UTF_8);
  }

  static void sealed(String run, String version) {
    VersionFacts.created("chunks", version, "run", run);
  }

  private static JsonPath untilAll(String run, String state) {
    await("deliveries of " + run + " " + state)
        .atMost(SOON)
        .until(
            () -> {
              var states = deliveries(run).getList("state", String.class);
              return !states.isEmpty() && states.stream().allMatch(state::equals);
            });
    return deliveries(run);
  }

  private static JsonPath deliveries(String run) {
    return given()
        .header("Authorization", bearer("ada"))
        .get("/api/v1/runs/" + run + "/deliveries")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static String fact(String run, String type) {
    try (TestKafka kafka = TestKafka.connect()) {
      return kafka
          .collect(
              "sluice.processing",
              1,
              SOON,
              r -> TestKafka.header(r, "ce_type").contains(type) && r.value().contains(run))
          .getFirst()
          .value();
    }
  }
}
