package dev.sluice.processing;

import static dev.sluice.testing.TestTokens.bearer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.processing.manifest.Manifests;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Runs on a real Ray; see {@link DevRay}. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(RealRayResource.class)
@EnabledIf("dev.sluice.processing.DevRay#canBe")
class RealRayTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Inject ObjectStore store;

  @Test
  void sluicesOwnProgramTurnsDocumentsIntoRows() {
    // Given
    String bucket = store.bucketOf("demo");
    Await.await(() -> store.ensureBucket(bucket));
    for (String path : List.of("a.txt", "b/b.txt")) {
      byte[] content = FakeCatalog.content(path);
      Await.await(() -> store.put(bucket, "dataset/docs/v1/" + path, content, "text/plain"));
    }

    // When
    JsonPath run = ended(posted(Manifests.runnable("demo")));

    // Then
    assertThat(run.getString("state")).as(run.prettify()).isEqualTo("succeeded");
    assertThat(run.getLong("rows")).isEqualTo(2);
    assertThat(run.getString("startedAt")).isNotNull();
  }

  @Test
  void anUnknownCommandFailsWithItsLog() {
    // Given
    String manifest =
        Manifests.runnable("demo").replace("python -m sluice.runner", "echo no such thing; exit 3");

    // When
    JsonPath run = ended(posted(manifest));

    // Then
    assertThat(run.getString("state")).isEqualTo("failed");
    assertThat(run.getString("reason")).contains("exit code 3", "no such thing");
    assertThat(run.getString("logTail")).contains("no such thing");
  }

  @Test
  void whatTheManifestAsksForReachesRay() throws IOException {
    // Given
    stored("tables", FakeCatalog.TABLES);
    stored("code", FakeCatalog.CODE);

    // When
    String id =
        posted(probe("parallelism: 2", "parallelism: 4", "batch_size: 100", "batch_size: 7"));

    // Then
    JsonPath run = ended(id);
    assertThat(run.getString("state")).as(run.prettify()).isEqualTo("succeeded");
    assertThat(run.getString("entrypoint")).isEqualTo("python probe.py --deep 'a b'");
    assertThat(run.getLong("rows")).isEqualTo(200);
    JsonNode seen = seenBy(id);
    assertThat(seen.path("blocks").asInt()).isEqualTo(4);
    assertThat(seen.path("largest_batch").asInt()).isEqualTo(7);
    assertThat(seen.path("at_once").asInt()).isBetween(1, 4);
    assertThat(seen.path("word").asText()).isEqualTo("PROBE");
    assertThat(seen.path("arguments")).hasToString("[\"--deep\",\"a b\"]");
    assertThat(seen.path("files")).hasToString("[\"probe.py\",\"word.py\"]");
    assertThat(seen.path("aws")).isEmpty();
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "SLUICE_TEST_RAY_NODES", matches = "2")
  void spreadUsesBothNodes() throws IOException {
    // Given
    stored("tables", FakeCatalog.TABLES);
    stored("code", FakeCatalog.CODE);

    // When
    String id = posted(probe("\"DEFAULT\"", "SPREAD", "parallelism: 2", "parallelism: 4"));

    // Then
    assertThat(ended(id).getString("state")).isEqualTo("succeeded");
    assertThat(seenBy(id).path("nodes").asInt()).isEqualTo(2);
  }

  /** Only a head with an autoscaler says what is wanted. */
  @Test
  @EnabledIfEnvironmentVariable(named = "SLUICE_TEST_RAY", matches = "http.+")
  void tasksThatWantAGpuWaitForOne() {
    // Given
    stored("tables", FakeCatalog.TABLES);
    stored("code", FakeCatalog.CODE);

    // When
    String id = posted(probe("gpu: 0", "gpu: 1"));

    // Then
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> clusterStatus().contains("GPU"));
    assertThat(run(id).getString("state")).isIn("submitted", "running");
    given().header("Authorization", bearer("ada")).post("/api/v1/runs/" + id + "/cancel");
    assertThat(ended(id).getString("state")).isEqualTo("cancelled");
  }

  private static String probe(String was, String is, String was2, String is2) {
    return probe(was, is).replace(was2, is2);
  }

  private static String probe(String was, String is) {
    return Manifests.with(
            Manifests.runnable("demo")
                .replace("docs@v1/**/*.txt", "tables@v1")
                .replace("type: text", "type: csv")
                .replace("python -m sluice.runner", "python probe.py --deep 'a b'"),
            "workingDir: sluice://demo/code@v1/src")
        .replace(was, is);
  }

  private void stored(String dataset, Map<String, byte[]> files) {
    String bucket = store.bucketOf("demo");
    Await.await(() -> store.ensureBucket(bucket));
    files.forEach(
        (path, content) ->
            Await.await(
                () ->
                    store.put(
                        bucket, "dataset/" + dataset + "/v1/" + path, content, "text/plain")));
  }

  private static JsonNode seenBy(String id) throws IOException {
    String log =
        given()
            .header("Authorization", bearer("ada"))
            .get("/api/v1/runs/" + id + "/logs")
            .then()
            .extract()
            .asString();
    String line = log.lines().filter(text -> text.startsWith("probe ")).findFirst().orElseThrow();
    return new ObjectMapper().readTree(line.substring("probe ".length()));
  }

  /** What Ray's autoscaler says is wanted; GPUs stand there when a task waits for one. */
  private static String clusterStatus() {
    return given()
        .header("Authorization", "Bearer " + DevRay.here().token())
        .header("x-ray-authorization", "Bearer " + DevRay.here().token())
        .get(DevRay.here().address() + "/api/cluster_status?format=1")
        .asString();
  }

  private static String posted(String yaml) {
    return given()
        .header("Authorization", bearer("ada"))
        .contentType("text/yaml")
        .body(yaml)
        .post("/api/v1/runs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static JsonPath ended(String id) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> run(id).getString("state"), oneOf("succeeded", "failed", "cancelled"));
    return run(id);
  }

  private static JsonPath run(String id) {
    return given()
        .header("Authorization", bearer("ada"))
        .get("/api/v1/runs/" + id)
        .then()
        .extract()
        .jsonPath();
  }
}
