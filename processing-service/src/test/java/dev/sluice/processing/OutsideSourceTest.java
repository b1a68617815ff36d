package dev.sluice.processing;

import static dev.sluice.testing.TestTokens.bearer;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.processing.manifest.Manifests;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Runs whose source lies outside of Sluice. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class OutsideSourceTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final FakeUploads uploads = FakeUploads.INSTANCE;

  @Test
  void theSourceIsImportedAsAVersionAndThenRead() {
    // Given
    String run = posted("https://example.org/notes.zip");
    JsonPath waiting = until(run, r -> r.getString("waitingFor") != null);
    assertThat(waiting.getString("waitingFor")).contains("import", "1 of 3 files");
    String order = uploads.order(importOf(run));
    assertThat(order)
        .contains(
            "\"requestedBy\":\"ada\"", "\"dataset\":\"chunks-source\"", "\"dataType\":\"text\"")
        .contains("https://example.org/notes.zip", "\"expand\":true");
    String folder = JsonPath.from(order).getString("order.prefix");

    // When
    FakeCatalog.INSTANCE.seals(
        "chunks-source@v1",
        "dataset/chunks-source/v1/",
        Map.of(
            folder + "/a.txt",
            "one".getBytes(UTF_8),
            folder + "/gone-since.txt",
            "two".getBytes(UTF_8),
            "elsewhere/b.txt",
            "three".getBytes(UTF_8)));
    uploads.files(
        "{\"path\":\"%s/a.txt\",\"kind\":\"file\",\"state\":\"imported\"}".formatted(folder));
    uploads.say(importOf(run), "{\"state\":\"succeeded\",\"version\":\"v1\"}");

    // Then
    JsonPath submitted = until(run, r -> r.getString("state").equals("submitted"));
    assertThat(submitted.getString("input.dataset")).isEqualTo("chunks-source");
    assertThat(submitted.getString("input.version")).isEqualTo("v1");
    assertThat(submitted.getString("waitingFor")).isNull();
    assertThat(inputFiles(run)).contains(folder + "/a.txt").doesNotContain("gone-since", "b.txt");
  }

  @Test
  void theReasonOfAFailedImportIsTheRuns() {
    // Given
    String run = posted("s3://bucket/2026/*.txt?endpoint=https://s3.example.org");
    until(run, r -> r.getString("waitingFor") != null);
    assertThat(uploads.order(importOf(run)))
        .contains("s3://bucket/2026?endpoint=https://s3.example.org", "\"glob\":\"*.txt\"");

    // When
    uploads.say(
        importOf(run),
        "{\"state\":\"failed\",\"code\":\"source-gone\",\"reason\":\"no such bucket\"}");

    // Then
    JsonPath failed = until(run, r -> r.getString("state").equals("failed"));
    assertThat(failed.getString("reasonCode")).isEqualTo("source-gone");
    assertThat(failed.getString("reason")).contains("no such bucket");
  }

  @Test
  void cancellingTheRunCancelsItsImport() {
    // Given
    String run = posted("nfs://files/export/notes");
    until(run, r -> r.getString("waitingFor") != null);

    // When
    given()
        .header("Authorization", bearer("ada"))
        .post("/api/v1/runs/" + run + "/cancel")
        .then()
        .statusCode(202);

    // Then
    until(run, r -> r.getString("state").equals("cancelled"));
    assertThat(uploads.cancelled()).contains(importOf(run));
  }

  private static String importOf(String run) {
    UUID id = UUID.fromString(run);
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ 1).toString();
  }

  private static String inputFiles(String run) {
    var environment =
        ScriptedRay.INSTANCE.job("sluice-" + run + "-a1").path("runtime_env").path("env_vars");
    return given()
        .header("Authorization", "Bearer " + environment.path("SLUICE_RUN_TOKEN").asText())
        .get(environment.path("SLUICE_SPEC_URL").asText().replaceFirst("http://[^/]+", ""))
        .asString();
  }

  private static String posted(String url) {
    return given()
        .header("Authorization", bearer("ada"))
        .contentType("application/json")
        .body(
            ManifestText.yaml(
                    Manifests.runnable("demo")
                        .replaceFirst("sluice://demo/docs@v1\\S*", "'" + url + "'"))
                .toString())
        .post("/api/v1/runs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static JsonPath until(String run, Predicate<JsonPath> wanted) {
    await().atMost(SOON).until(() -> wanted.test(run(run)));
    return run(run);
  }

  private static JsonPath run(String id) {
    return given()
        .header("Authorization", bearer("ada"))
        .get("/api/v1/runs/" + id)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
