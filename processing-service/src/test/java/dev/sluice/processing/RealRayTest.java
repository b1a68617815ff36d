package dev.sluice.processing;

import static dev.sluice.testing.TestTokens.bearer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Runs on the real Ray that {@code SLUICE_TEST_RAY} and {@code SLUICE_TEST_RAY_TOKEN} name. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(RealRayResource.class)
@EnabledIfEnvironmentVariable(named = "SLUICE_TEST_RAY", matches = "http.+")
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
