package dev.sluice.processing;

import static dev.sluice.testing.TestTokens.bearer;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.sluice.processing.manifest.Manifests;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class RunStoryTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TOPIC = "sluice.processing";

  private final ScriptedRay ray = ScriptedRay.INSTANCE;
  private final FakeCatalog catalog = FakeCatalog.INSTANCE;

  @Inject ObjectStore store;

  @BeforeAll
  static void yamlIsText() {
    RestAssured.config =
        RestAssured.config()
            .encoderConfig(
                EncoderConfig.encoderConfig()
                    .encodeContentTypeAs("application/yaml", ContentType.TEXT));
  }

  @AfterEach
  void everyoneIsBack() {
    ray.away(false);
    catalog.away(false);
    ray.log("");
  }

  @Test
  void aManifestBecomesAVerifiedOutput() {
    // Given
    String id = posted(Manifests.runnable("demo"));
    untilState(id, "submitted");
    ray.say(first(id), "RUNNING");
    untilState(id, "running");
    writeOutput(id, 1);

    // When
    ray.say(first(id), "SUCCEEDED");

    // Then
    JsonPath run = untilState(id, "succeeded");
    String version = run.getString("output.version");
    assertThat(run.getString("input.version")).isEqualTo("v1");
    assertThat(run.getLong("rows")).isEqualTo(2);
    assertThat(run.getString("entrypoint")).isEqualTo("python -m sluice.runner");
    assertThat(run.getList("notes", String.class)).hasSize(1).first().asString().contains("image");
    assertThat(ray.job(first(id)).path("entrypoint").asText()).isEqualTo("python -m sluice.runner");
    String completed = fact(id, "ProcessingCompleted");
    assertThat(completed)
        .contains("dataset/chunks/" + version + "/_sluice/manifest-a1.json", "\"rows\":2");
    assertThat(catalog.reserved()).anyMatch(body -> body.contains(id) && body.contains("\"ada\""));
  }

  @Test
  void theJobReadsItsSpecWithItsTokenAlone() {
    // Given
    String id = posted(Manifests.runnable("demo"));
    untilState(id, "submitted");
    var environment = ray.job(first(id)).path("runtime_env").path("env_vars");
    String token = environment.path("SLUICE_RUN_TOKEN").asText();
    String spec = environment.path("SLUICE_SPEC_URL").asText().replaceFirst("http://[^/]+", "");

    // When
    JsonPath answer =
        given()
            .header("Authorization", "Bearer " + token)
            .get(spec)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();

    // Then
    assertThat(answer.getString("runId")).isEqualTo(id);
    assertThat(answer.getList("input.files.path", String.class))
        .containsExactly("a.txt", "b/b.txt");
    assertThat(answer.getString("output.keyPrefix")).isEqualTo(prefix(id));
    assertThat(answer.getString("output.attemptTag")).isEqualTo("a1");
    assertThat(answer.getInt("rayJobConfig.batch_size")).isEqualTo(100);
    assertThat(answer.getString("s3.secretKey")).isNotBlank();
    given().header("Authorization", "Bearer wrong").get(spec).then().statusCode(401);
    given().header("Authorization", bearer("ada")).get(spec).then().statusCode(401);
    given().get(spec).then().statusCode(401);
    assertThat(
            ray.hasPackage(
                ray.job(first(id)).path("runtime_env").path("py_modules").path(0).asText()))
        .isTrue();
  }

  @Test
  void aFailingProgramEndsTheRunWithItsReasonAndLog() {
    // Given
    ray.log("line\nValueError: no such column\n");
    String id = posted(Manifests.runnable("demo"));
    untilState(id, "submitted");

    // When
    ray.say(first(id), "FAILED");

    // Then
    JsonPath run = untilState(id, "failed");
    assertThat(run.getString("reasonCode")).isEqualTo("entrypoint-failed");
    assertThat(run.getString("reason")).contains("ValueError: no such column");
    assertThat(run.getString("logTail")).contains("ValueError: no such column");
    assertThat(fact(id, "ProcessingFailed")).contains("entrypoint-failed");
    await().atMost(SOON).until(() -> catalog.released().stream().anyMatch(p -> p.contains(id)));
  }

  @Test
  void aProgramThatWritesNothingFails() {
    // Given
    String id = posted(Manifests.runnable("demo"));
    untilState(id, "submitted");

    // When
    ray.say(first(id), "SUCCEEDED");

    // Then
    JsonPath run = untilState(id, "failed");
    assertThat(run.getString("reasonCode")).isEqualTo("output-invalid");
  }

  @Test
  void aLostAnswerDoesNotSubmitTwice() {
    // Given
    ray.loseNextAnswer();

    // When
    String id = posted(Manifests.runnable("demo"));

    // Then
    untilState(id, "submitted");
    assertThat(ray.submissionsOf(first(id))).isGreaterThanOrEqualTo(2);
    assertThat(ray.knows("sluice-" + id + "-a2")).isFalse();
  }

  @Test
  void aForgottenJobGetsOneMoreAttempt() {
    // Given
    String id = posted(Manifests.runnable("demo", "retry: {backoff: 1s}"));
    untilState(id, "submitted");

    // When
    ray.forgetAll();

    // Then
    await().atMost(SOON).until(() -> ray.knows("sluice-" + id + "-a2"));
    untilState(id, "submitted");
    ray.forgetAll();
    assertThat(untilState(id, "failed").getString("reasonCode")).isEqualTo("ray-lost-job");
  }

  @Test
  void aForgottenJobWhoseOutputIsCompleteIsNotRepeated() {
    // Given
    String id = posted(Manifests.runnable("demo"));
    untilState(id, "submitted");
    writeOutput(id, 1);

    // When
    ray.forgetAll();

    // Then
    assertThat(untilState(id, "succeeded").getInt("attempt")).isEqualTo(1);
  }

  @Test
  void aRunWaitsForRayAndForTheCatalog() {
    // Given
    ray.away(true);
    String id = posted(Manifests.runnable("demo"));
    await().atMost(SOON).until(() -> run(id).getString("waitingFor") != null);
    assertThat(run(id).getString("state")).isEqualTo("requested");

    // When
    ray.away(false);

    // Then
    assertThat(untilState(id, "submitted").getInt("attempt")).isEqualTo(1);
  }

  @Test
  void aRunIsCancelled() {
    // Given
    String id = posted(Manifests.runnable("demo"));
    untilState(id, "submitted");
    ray.say(first(id), "RUNNING");

    // When
    given()
        .header("Authorization", bearer("ada"))
        .post("/api/v1/runs/" + id + "/cancel")
        .then()
        .statusCode(202);

    // Then
    assertThat(untilState(id, "cancelled").getString("reason")).isEqualTo("cancelled by ada");
    fact(id, "ProcessingCancelled");
    given()
        .header("Authorization", bearer("ada"))
        .post("/api/v1/runs/" + id + "/cancel")
        .then()
        .statusCode(409)
        .body("code", equalTo("run-ended"));
  }

  @Test
  void anUnknownInputFailsTheRun() {
    // When
    String id = posted(Manifests.runnable("demo").replace("docs@v1", "other@v1"));

    // Then
    assertThat(untilState(id, "failed").getString("reason")).contains("there is no");
  }

  @Test
  void anInputWithoutMatchingFilesFailsTheRun() {
    // When
    String id = posted(Manifests.runnable("demo").replace("**/*.txt", "*.pdf"));

    // Then
    assertThat(untilState(id, "failed").getString("reasonCode")).isEqualTo("no-input-files");
  }

  @Test
  void aRequestFromTheTopicStartsTheSameRunOnce() {
    // Given
    UUID id = UUID.randomUUID();
    String value = request("ada", "demo");

    // When
    send(id, value);
    send(id, value);

    // Then
    assertThat(untilState(id.toString(), "submitted").getString("requestedBy")).isEqualTo("ada");
  }

  @Test
  void aForbiddenRequestFromTheTopicIsADeadLetter() {
    // Given
    UUID id = UUID.randomUUID();

    // When
    send(id, request("vic", "demo"));

    // Then
    try (TestKafka kafka = TestKafka.connect()) {
      var dead =
          kafka.collect(
              TOPIC + ".dlq", 1, SOON, r -> TestKafka.header(r, "ce_id").equals(id.toString()));
      assertThat(TestKafka.header(dead.getFirst(), "dead-letter-reason")).contains("role-too-low");
    }
  }

  @Test
  void theSameIdempotencyKeyGivesTheSameRun() {
    // Given
    String key = UUID.randomUUID().toString();
    String first = posted(Manifests.runnable("demo"), key);

    // When
    String second = posted(Manifests.runnable("demo"), key);

    // Then
    assertThat(second).isEqualTo(first);
    given()
        .header("Authorization", bearer("ada"))
        .header("Idempotency-Key", key)
        .contentType("application/yaml")
        .body(Manifests.runnable("demo").replace("gpu: 0", "gpu: 1"))
        .post("/api/v1/runs")
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency-key-reused"));
  }

  @Test
  void refusalsNameTheField() {
    given()
        .header("Authorization", bearer("ada"))
        .contentType("application/yaml")
        .body(Manifests.SEED.replace("gpu: 0", "gpu: -1"))
        .post("/api/v1/runs")
        .then()
        .statusCode(400)
        .contentType(startsWith("application/problem+json"))
        .body("errors.field", hasItem("spec.rayJobConfig.gpu"))
        .body("errors[0].value", equalTo("-1"));
  }

  @Test
  void strangersAndViewersAreKeptOut() {
    // Given
    String id = posted(Manifests.runnable("demo"));

    // Then
    given().get("/api/v1/runs/" + id).then().statusCode(401);
    given()
        .header("Authorization", bearer("eve"))
        .get("/api/v1/runs/" + id)
        .then()
        .statusCode(404)
        .body("code", equalTo("run-not-found"));
    given().header("Authorization", bearer("vic")).get("/api/v1/runs/" + id).then().statusCode(200);
    given()
        .header("Authorization", bearer("vic"))
        .post("/api/v1/runs/" + id + "/cancel")
        .then()
        .statusCode(403);
    given()
        .header("Authorization", bearer("vic"))
        .contentType("application/yaml")
        .body(Manifests.runnable("demo"))
        .post("/api/v1/runs")
        .then()
        .statusCode(403);
    given()
        .header("Authorization", bearer("eve"))
        .queryParam("project", "demo")
        .get("/api/v1/runs")
        .then()
        .statusCode(404);
  }

  @Test
  void runsAreListedInPagesNewestFirst() {
    // Given
    String older = posted(Manifests.runnable("demo"));
    String newer = posted(Manifests.runnable("demo"));

    // When
    JsonPath first = page(Map.of("project", "demo", "limit", 1));
    JsonPath second =
        page(Map.of("project", "demo", "limit", 1, "cursor", first.getString("nextCursor")));

    // Then
    assertThat(first.getString("items[0].id")).isEqualTo(newer);
    assertThat(second.getString("items[0].id")).isEqualTo(older);
  }

  private static JsonPath page(Map<String, ?> query) {
    return given()
        .header("Authorization", bearer("ada"))
        .queryParams(query)
        .get("/api/v1/runs")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static String posted(String yaml) {
    return posted(yaml, UUID.randomUUID().toString());
  }

  private static String posted(String yaml, String key) {
    return given()
        .header("Authorization", bearer("ada"))
        .header("Idempotency-Key", key)
        .contentType("application/yaml")
        .body(yaml)
        .post("/api/v1/runs")
        .then()
        .statusCode(202)
        .body("project", equalTo("demo"))
        .extract()
        .path("id");
  }

  private static JsonPath run(String id) {
    return given()
        .header("Authorization", bearer("ada"))
        .get("/api/v1/runs/" + id)
        .then()
        .extract()
        .jsonPath();
  }

  private static JsonPath untilState(String id, String state) {
    await("run " + id + " " + state)
        .atMost(SOON)
        .until(() -> String.valueOf(run(id).getString("state")), equalTo(state));
    return run(id);
  }

  private static String first(String id) {
    return "sluice-" + id + "-a1";
  }

  private static String prefix(String id) {
    return "dataset/chunks/" + run(id).getString("output.version") + "/";
  }

  private void writeOutput(String id, int attempt) {
    String bucket = store.bucketOf("demo");
    String key = prefix(id) + "part-00000-a1.parquet";
    String manifest =
        """
        {"runId":"%s","attempt":%d,"rows":2,"bytes":4,"schema":[],"counts":{"in":1},
         "files":[{"path":"part-00000.parquet","objectKey":"%s","size":4,"sha256":"%s",
                   "mediaType":"application/vnd.apache.parquet","rows":2}]}
        """
            .formatted(id, attempt, key, "a".repeat(64));
    Await.await(() -> store.ensureBucket(bucket));
    put(bucket, key, "PAR1");
    put(bucket, prefix(id) + "_sluice/manifest-a" + attempt + ".json", manifest);
  }

  private void put(String bucket, String key, String text) {
    Await.await(() -> store.put(bucket, key, text.getBytes(UTF_8), "application/octet-stream"));
  }

  static String request(String by, String project) {
    String manifest =
        dev.sluice.processing.manifest.ManifestText.yaml(Manifests.runnable(project)).toString();
    return "{\"project\":\"%s\",\"manifest\":%s,\"requestedBy\":\"%s\",\"occurredAt\":\"2026-01-01T00:00:00Z\"}"
        .formatted(project, manifest, by);
  }

  private static void send(UUID id, String value) {
    try (TestKafka kafka = TestKafka.connect()) {
      kafka.send(
          TOPIC,
          "demo",
          value,
          Map.of(
              "ce_specversion", "1.0",
              "ce_id", id.toString(),
              "ce_source", "https://example.com/team",
              "ce_type", "dev.sluice.ProcessingRequested.v1"));
    }
  }

  private static String fact(String runId, String type) {
    try (TestKafka kafka = TestKafka.connect()) {
      return kafka
          .collect(
              TOPIC,
              1,
              SOON,
              r ->
                  TestKafka.header(r, "ce_type").equals("dev.sluice." + type + ".v1")
                      && r.value().contains(runId))
          .getFirst()
          .value();
    }
  }
}
