package dev.sluice.processing;

import static dev.sluice.testing.TestTokens.bearer;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class WorkingDirTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String COMMAND = "python b.txt --rate 3 'a b'";

  @Inject ObjectStore store;

  @Test
  void filesOfAVersionTravelWithTheExactCommand() throws IOException {
    // Given
    stored("b/b.txt", FakeCatalog.content("b/b.txt"));

    // When
    String id = posted("sluice://demo/docs@latest/b");

    // Then
    JsonNode job = submitted(id);
    assertThat(job.path("entrypoint").asText()).isEqualTo(COMMAND);
    assertThat(
            files(ScriptedRay.INSTANCE.zip(job.path("runtime_env").path("working_dir").asText())))
        .isEqualTo(Map.of("b.txt", new String(FakeCatalog.content("b/b.txt"), UTF_8)));
    assertThat(job.path("runtime_env").path("py_modules")).hasSize(1);
    assertThat(run(id).getString("workingDir.version")).isEqualTo("v1");
    assertThat(run(id).getString("workingDirDigest")).hasSize(64);
  }

  @Test
  void aDamagedObjectEndsTheRun() {
    // Given
    stored("a.txt", "other bytes".getBytes(UTF_8));

    // When
    String id = posted("sluice://demo/docs@v1/a.txt");

    // Then
    assertThat(failed(id).getString("reasonCode")).isEqualTo("working-dir-damaged");
  }

  @Test
  void anEmptyFolderEndsTheRun() {
    // When
    String id = posted("sluice://demo/docs@v1/nothing");

    // Then
    assertThat(failed(id).getString("reasonCode")).isEqualTo("working-dir-empty");
  }

  @Test
  void anUnknownVersionEndsTheRun() {
    // When
    String id = posted("sluice://demo/other@v1");

    // Then
    assertThat(failed(id).getString("reason")).contains("the catalog refuses");
  }

  private void stored(String path, byte[] content) {
    String bucket = store.bucketOf("demo");
    Await.await(() -> store.ensureBucket(bucket));
    Await.await(() -> store.put(bucket, "dataset/docs/v1/" + path, content, "text/plain"));
  }

  private static String posted(String workingDir) {
    return given()
        .header("Authorization", bearer("ada"))
        .contentType("text/yaml")
        .body(
            Manifests.with(
                Manifests.runnable("demo").replace("python -m sluice.runner", COMMAND),
                "workingDir: " + workingDir))
        .post("/api/v1/runs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static JsonNode submitted(String id) {
    String submission = "sluice-" + id + "-a1";
    await().atMost(SOON).until(() -> ScriptedRay.INSTANCE.knows(submission));
    return ScriptedRay.INSTANCE.job(submission);
  }

  private static JsonPath failed(String id) {
    await().atMost(SOON).until(() -> run(id).getString("state").equals("failed"));
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

  private static Map<String, String> files(byte[] zip) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
      }
    }
    return files;
  }
}
