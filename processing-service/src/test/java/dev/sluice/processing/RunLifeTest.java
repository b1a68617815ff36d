package dev.sluice.processing;

import static dev.sluice.processing.RunCalls.SOON;
import static dev.sluice.processing.RunCalls.ada;
import static dev.sluice.processing.RunCalls.cancel;
import static dev.sluice.processing.RunCalls.job;
import static dev.sluice.processing.RunCalls.path;
import static dev.sluice.processing.RunCalls.posted;
import static dev.sluice.processing.RunCalls.prefix;
import static dev.sluice.processing.RunCalls.run;
import static dev.sluice.processing.RunCalls.untilState;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.sluice.processing.manifest.Manifests;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import dev.sluice.testing.TestKafka;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Progress, retries, stops, reuse, dry runs and what is left of a run. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class RunLifeTest {
  private static final String DEMO = Manifests.runnable("demo");
  private static final String QUICKLY = Manifests.runnable("demo", "retry: {backoff: 1s}");

  private final ScriptedRay ray = ScriptedRay.INSTANCE;

  @Inject ObjectStore store;
  private RunCalls calls;

  @BeforeEach
  void begin() {
    calls = new RunCalls(store);
  }

  @AfterEach
  void everyoneIsBack() {
    ray.away(false);
    ray.cannotStop(false);
    ray.log("");
  }

  @Test
  void showsHowFarTheJobIsAndNeverGoesBack() {
    // Given
    String id = calls.running(DEMO);
    calls.job(id, 1, progress(1, 30)).put(path(id, 1, "progress")).then().statusCode(204);
    calls.job(id, 1, progress(4, 90)).put(path(id, 1, "progress")).then().statusCode(204);

    // When
    calls.job(id, 1, progress(3, 60)).put(path(id, 1, "progress")).then().statusCode(204);

    // Then
    JsonPath run = run(id);
    assertThat(run.getInt("progress.blocks.done")).isEqualTo(4);
    assertThat(run.getInt("progress.blocks.total")).isEqualTo(10);
    assertThat(run.getInt("progress.rows.in")).isEqualTo(90);
    assertThat(run.getDouble("progress.rowsPerSecond")).isPositive();
    assertThat(run.getInt("progress.secondsLeft")).isNotNegative();
  }

  @Test
  void tellsAJobThatHasNoSayToEnd() {
    // Given
    String id = calls.running(QUICKLY);
    var first = calls.job(id, 1, progress(1, 1));
    ray.exit(job(id, 1), 75);

    // When
    await().atMost(SOON).until(() -> run(id).getInt("attempt") == 2);

    // Then
    first
        .put(path(id, 1, "progress"))
        .then()
        .statusCode(401)
        .body("code", equalTo("run-token-not-valid"));
    given()
        .contentType("application/json")
        .body(progress(1, 1))
        .put(path(id, 2, "progress"))
        .then()
        .statusCode(401);
    assertThat(run(id).getString("progress")).isNull();
  }

  @Test
  void refusesProgressThatCannotBe() {
    // Given
    String id = calls.running(DEMO);

    // Then
    calls
        .job(id, 1, progress(11, 1))
        .put(path(id, 1, "progress"))
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("blocks.done"));
    calls.job(id, 1, "{\"rows\":1}").put(path(id, 1, "sample")).then().statusCode(400);
    calls
        .job(id, 1, "{\"rows\":1,\"operators\":[],\"output\":[]}")
        .put(path(id, 1, "sample"))
        .then()
        .statusCode(409)
        .body("code", equalTo("no-dry-run"));
  }

  @Test
  void triesAgainWhenTheProgramSaysThatItMayHelp() {
    // Given
    String id = calls.running(QUICKLY);
    ray.exit(job(id, 1), 75);

    // When
    await().atMost(SOON).until(() -> ray.knows(job(id, 2)));

    // Then
    assertThat(untilState(id, "submitted").getInt("attempt")).isEqualTo(2);
    ray.exit(job(id, 2), 75);
    assertThat(untilState(id, "failed").getString("reasonCode")).isEqualTo("entrypoint-failed");
  }

  @Test
  void triesAgainWhenTheProgramWasKilledAndNotWhenItFailed() {
    // Given
    String killed = calls.running(QUICKLY);
    String failing = calls.running(QUICKLY);

    // When
    ray.exit(job(killed, 1), -9);
    ray.exit(job(failing, 1), 1);

    // Then
    await().atMost(SOON).until(() -> ray.knows(job(killed, 2)));
    untilState(failing, "failed");
    assertThat(ray.knows(job(failing, 2))).isFalse();
  }

  @Test
  void saysWhenItTriesAgainAndIsCancelledMeanwhile() {
    // Given
    String id = calls.running(Manifests.runnable("demo", "retry: {backoff: 10m}"));
    ray.exit(job(id, 1), 75);
    await().atMost(SOON).until(() -> run(id).getString("waitingFor") != null);
    assertThat(run(id).getString("waitingFor")).startsWith("attempt 2, which begins at 20");
    assertThat(run(id).getString("retryAt")).isNotNull();

    // When
    cancel(id);

    // Then
    assertThat(untilState(id, "cancelled").getString("reason")).isEqualTo("cancelled by ada");
  }

  @Test
  void doesNotTryAgainWhenItsDeadlineLeavesNoTime() {
    // Given
    String id =
        calls.running(
            Manifests.runnable("demo", "retry: {backoff: 10m}")
                .replace("spec:\n", "spec:\n  deadline: 5m\n"));

    // When
    ray.exit(job(id, 1), 75);

    // Then
    assertThat(untilState(id, "failed").getString("reason")).contains("leaves no time");
  }

  @Test
  void cancelsARunWhoseJobRayCannotStopAndGoesOnStopping() {
    // Given
    ray.cannotStop(true);
    String id = posted(DEMO);
    untilState(id, "submitted");

    // When
    cancel(id);

    // Then
    untilState(id, "cancelled");
    assertThat(ray.status(job(id, 1))).isEqualTo("PENDING");
    calls.job(id, 1, progress(1, 1)).put(path(id, 1, "progress")).then().statusCode(401);
    ray.cannotStop(false);
    await().atMost(SOON).until(() -> ray.status(job(id, 1)).equals("STOPPED"));
  }

  @Test
  void cancelsARunWhileRayIsAway() {
    // Given
    String id = calls.running(DEMO);
    ray.away(true);

    // When
    cancel(id);

    // Then
    untilState(id, "cancelled");
    ray.away(false);
    await().atMost(SOON).until(() -> ray.status(job(id, 1)).equals("STOPPED"));
  }

  @Test
  void takesAnEarlierOutputOfTheSameInputAndRecipe() {
    // Given
    String seed = UUID.randomUUID().toString();
    String manifest = DEMO.replace("sluice.runner", "sluice.runner " + seed);
    String first = calls.running(manifest);
    calls.writeOutput(first, 1);
    ray.say(job(first, 1), "SUCCEEDED");
    JsonPath made = untilState(first, "succeeded");

    // When
    String again = posted(manifest.replace("spec:\n", "spec:\n  reuse: true\n"));

    // Then
    JsonPath reused = untilState(again, "succeeded");
    assertThat(reused.getString("reusedFrom")).isEqualTo(first);
    assertThat(reused.getString("output.version")).isEqualTo(made.getString("output.version"));
    assertThat(reused.getLong("rows")).isEqualTo(2);
    assertThat(reused.getString("recorded.recipeDigest"))
        .isEqualTo(made.getString("recorded.recipeDigest"));
    assertThat(ray.knows(job(again, 1))).isFalse();
    assertThat(FakeCatalog.INSTANCE.reserved()).noneMatch(body -> body.contains(again));
    assertThat(fact(again, "ProcessingReused")).contains(first);
  }

  @Test
  void computesAgainWhenItIsNotAskedToReuseOrTheVersionIsGone() {
    // Given
    String seed = UUID.randomUUID().toString();
    String manifest = DEMO.replace("sluice.runner", "sluice.runner " + seed);
    String first = calls.running(manifest);
    calls.writeOutput(first, 1);
    ray.say(job(first, 1), "SUCCEEDED");
    String version = untilState(first, "succeeded").getString("output.version");

    // When
    FakeCatalog.INSTANCE.forget(version);
    String asked = posted(manifest.replace("spec:\n", "spec:\n  reuse: true\n"));
    String notAsked = posted(manifest);

    // Then
    untilState(asked, "submitted");
    untilState(notAsked, "submitted");
  }

  @Test
  void recordsWhatTheAttemptSaysOfItsWork() {
    // Given
    String id = calls.running(DEMO);
    calls.writeOutput(id, 1);

    // When
    ray.say(job(id, 1), "SUCCEEDED");

    // Then
    JsonPath run = untilState(id, "succeeded");
    assertThat(run.getInt("summary.counts.dropped")).isEqualTo(1);
    assertThat(run.getInt("summary.operators[0].reasons.too-short")).isEqualTo(1);
    assertThat(run.getString("summary.environment.ray")).isEqualTo("2.60.0");
    assertThat(run.getString("recorded.inputDigest")).startsWith("sha256:");
  }

  @Test
  void aDryRunShowsItsSampleAndMakesNothing() {
    // Given
    String id = posted(DEMO, Map.of("dryRun", "true", "rows", "7"));
    untilState(id, "submitted");
    JsonPath spec =
        calls.job(id, 1, "").get(path(id, 1, "spec")).then().statusCode(200).extract().jsonPath();
    assertThat(spec.getInt("dryRun.rows")).isEqualTo(7);
    assertThat(spec.getString("sampleUrl")).endsWith(path(id, 1, "sample"));
    calls
        .job(
            id,
            1,
            "{\"rows\":7,\"operators\":[{\"operator\":\"o\"}],\"output\":[{\"text\":\"é\"}]}")
        .put(path(id, 1, "sample"))
        .then()
        .statusCode(204);

    // When
    ray.say(job(id, 1), "SUCCEEDED");

    // Then
    JsonPath run = untilState(id, "succeeded");
    assertThat(run.getInt("dryRunRows")).isEqualTo(7);
    assertThat(run.getString("sample.output[0].text")).isEqualTo("é");
    assertThat(run.getString("output")).isNull();
    assertThat(FakeCatalog.INSTANCE.reserved()).noneMatch(body -> body.contains(id));
  }

  @Test
  void aDryRunThatShowsNothingFails() {
    // Given
    String id = posted(DEMO, Map.of("dryRun", "true"));
    untilState(id, "submitted");

    // When
    ray.say(job(id, 1), "SUCCEEDED");

    // Then
    assertThat(untilState(id, "failed").getString("reason")).contains("sent no sample");
  }

  @Test
  void refusesTooLargeASample() {
    ada()
        .queryParams(Map.of("dryRun", "true", "rows", "1001"))
        .contentType("text/yaml")
        .body(DEMO)
        .post("/api/v1/runs")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("rows"));
  }

  @Test
  void sweepsWhatTheWinnerDoesNotName() {
    // Given
    String id = calls.running(DEMO);
    String prefix = prefix(id);
    calls.put(prefix + "_sluice/blocks/r/0/00000-a1.json", "{}");
    calls.put(prefix + "part-00001-a0.parquet", "old");
    calls.writeOutput(id, 1);

    // When
    ray.say(job(id, 1), "SUCCEEDED");

    // Then
    untilState(id, "succeeded");
    await().atMost(SOON).until(() -> !calls.isThere(prefix + "_sluice/blocks/r/0/00000-a1.json"));
    await().atMost(SOON).until(() -> !calls.isThere(prefix + "part-00001-a0.parquet"));
    assertThat(calls.isThere(prefix + "part-00000-a1.parquet")).isTrue();
    assertThat(calls.isThere(prefix + "_sluice/manifest-a1.json")).isTrue();
  }

  @Test
  void sweepsEverythingOfARunThatFailed() {
    // Given
    String id = calls.running(DEMO);
    String key = prefix(id) + "part-00000-a1.parquet";
    calls.put(key, "half");

    // When
    ray.exit(job(id, 1), 1);

    // Then
    untilState(id, "failed");
    await().atMost(SOON).until(() -> !calls.isThere(key));
  }

  private static String progress(int done, int rows) {
    return """
        {"stage":0,"stages":1,"blocks":{"done":%d,"reused":0,"total":10},
         "rows":{"in":%d,"out":%d}}
        """
        .formatted(done, rows, rows);
  }

  private static String fact(String runId, String type) {
    try (TestKafka kafka = TestKafka.connect()) {
      return kafka
          .collect(
              "sluice.processing",
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
