package dev.sluice.processing;

import static dev.sluice.testing.TestTokens.bearer;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

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
  void aClusterOfTheRunsOwnFetchesTheSameFilesWithTheRunsToken() throws IOException {
    // Given
    stored("b/b.txt", FakeCatalog.content("b/b.txt"));
    JsonNode variables =
        submitted(posted("sluice://demo/docs@latest/b")).path("runtime_env").path("env_vars");
    String packages =
        variables
            .path("SLUICE_SPEC_URL")
            .asText()
            .replaceFirst("http://[^/]+", "")
            .replaceFirst("spec$", "packages/");
    String token = variables.path("SLUICE_RUN_TOKEN").asText();

    // When
    Map<String, String> work = files(fetched(packages + "work.zip", token));
    Map<String, String> program = files(fetched(packages + "program.zip", token));

    // Then
    assertThat(work).containsOnlyKeys("b.txt");
    assertThat(program).containsKey("sluice/runner.py");
    given()
        .header("Authorization", "Bearer wrong")
        .get(packages + "work.zip")
        .then()
        .statusCode(401);
    given().get(packages + "program.zip").then().statusCode(401);
  }

  @Test
  void aClusterOfTheRunsOwnNeedsKubernetes() {
    given()
        .header("Authorization", bearer("ada"))
        .contentType("text/yaml")
        .body(Manifests.with(Manifests.runnable("demo"), "rayClusterConfig: {head: {cpu: 3}}"))
        .post("/api/v1/runs")
        .then()
        .statusCode(422)
        .body("code", equalTo("cluster-not-available"))
        .body("errors[0].allowed", containsString("no Kubernetes"));
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

  private static byte[] fetched(String path, String token) {
    return given()
        .header("Authorization", "Bearer " + token)
        .get(path)
        .then()
        .statusCode(200)
        .extract()
        .asByteArray();
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
