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
import dev.sluice.testing.Await;
import dev.sluice.testing.KafkaResource;
import dev.sluice.testing.PostgresResource;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestIdentityResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** Templates, triggers and schedules, from the request to the run. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(KafkaResource.class)
@WithTestResource(S3Resource.class)
@WithTestResource(TestIdentityResource.class)
@WithTestResource(NeighboursResource.class)
class AutomationStoryTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Inject Mutiny.SessionFactory sessions;

  @Test
  void aTemplateIsKeptUnderItsNextNumberAndRunWithValues() {
    // Given
    String name = unique("tpl");
    assertThat(keep(name, "docs", "v1").getInt("number")).isEqualTo(1);
    assertThat(keep(name, "docs", "v1").getInt("number")).isEqualTo(1);
    assertThat(keep(name, "docs", "${wanted}").getInt("number")).isEqualTo(2);

    // When
    JsonPath run =
        as("ada")
            .body(Map.of("values", Map.of("wanted", "latest")))
            .post("/api/v1/templates/demo/" + name + "/runs")
            .then()
            .statusCode(202)
            .extract()
            .jsonPath();

    // Then
    assertThat(run.getString("input.version")).isEqualTo("latest");
    assertThat(run.getString("requestedBy")).isEqualTo("ada");
    as("ada")
        .body(Map.of("values", Map.of("other", 1)))
        .post("/api/v1/templates/demo/" + name + "/runs")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("values.other"));
    as("vic").body("{}").post("/api/v1/templates/demo/" + name + "/runs").then().statusCode(403);
  }

  @Test
  void aNewVersionStartsOneRunHoweverOftenItIsSaid() {
    // Given
    String dataset = unique("raw");
    String template = unique("tpl");
    keep(template, "${dataset}", "${version}");
    String trigger = trigger(template, "version-created", dataset.substring(0, 8) + "*");

    // When
    VersionFacts.created(dataset, "v1", "upload", "");
    VersionFacts.created(dataset, "v1", "upload", "");
    VersionFacts.created(dataset, "v2", "upload", "");

    // Then
    JsonPath history = untilFired(trigger, 2);
    assertThat(history.getList("items.outcome")).containsOnly("started");
    assertThat(history.getList("items.occasion")).containsExactly(dataset + "@v2", dataset + "@v1");
    JsonPath run = run(history.getString("items[1].runId"));
    assertThat(run.getString("input.dataset")).isEqualTo(dataset);
    assertThat(run.getString("requestedBy")).isEqualTo("ada");
  }

  @Test
  void aVersionThatComesOfATriggerNeverFiresItAgain() {
    // Given
    String dataset = unique("loop");
    String template = unique("tpl");
    keep(template, "${dataset}", "${version}");
    String trigger = trigger(template, "version-created", dataset);
    VersionFacts.created(dataset, "v1", "upload", "");
    String run = untilFired(trigger, 1).getString("items[0].runId");

    // When
    VersionFacts.created(dataset, "v2", "run", run);
    VersionFacts.created(dataset, "v3", "import", importOf(run));

    // Then
    JsonPath history = untilFired(trigger, 3);
    assertThat(history.getList("items.outcome")).containsExactly("cut", "cut", "started");
    assertThat(history.getString("items[0].reason")).contains("this trigger's own run");
  }

  @Test
  void triggersThatFireEachOtherEndAtTheirDepth() {
    // Given
    String dataset = unique("deep");
    String template = unique("tpl");
    keep(template, "${dataset}", "${version}");
    String run = "";
    String last = "";

    // When
    for (int depth = 0; depth <= 8; depth++) {
      last = trigger(template, "version-created", dataset + "-" + depth);
      VersionFacts.created(dataset + "-" + depth, "v1", run.isEmpty() ? "upload" : "run", run);
      JsonPath history = untilFired(last, 1);
      run = history.getString("items[0].runId");
    }

    // Then
    assertThat(untilFired(last, 1).getString("items[0].outcome")).isEqualTo("cut");
    assertThat(untilFired(last, 1).getString("items[0].reason")).contains("8 triggers");
  }

  @Test
  void aReleasedVersionFiresAndAPausedTriggerDoesNot() {
    // Given
    String dataset = unique("rel");
    String template = unique("tpl");
    keep(template, "${dataset}", "${version}");
    String awake = trigger(template, "version-released", dataset);
    String paused = trigger(template, "version-released", dataset);
    as("ada").post("/api/v1/triggers/" + paused + "/pause").then().body("paused", equalTo(true));

    // When
    VersionFacts.released(dataset, "v4");

    // Then
    assertThat(untilFired(awake, 1).getString("items[0].occasion")).isEqualTo(dataset + "@v4");
    assertThat(history(paused).getList("items")).isEmpty();
  }

  @Test
  void whatCannotRunIsToldInTheHistory() {
    // Given
    String dataset = unique("bad");
    String template = unique("tpl");
    keep(template, "${dataset}", "not-a-version-${version}");
    String trigger = trigger(template, "version-created", dataset);

    // When
    VersionFacts.created(dataset, "v1", "upload", "");

    // Then
    JsonPath history = untilFired(trigger, 1);
    assertThat(history.getString("items[0].outcome")).isEqualTo("refused");
    assertThat(history.getString("items[0].reason")).contains("spec.source.url");
  }

  @Test
  void aScheduleRunsOnceForAllTicksItMissed() {
    // Given
    String template = unique("tpl");
    keep(template, "docs", "v1");
    String trigger =
        created(
            Map.of(
                "project", "demo",
                "name", unique("clock"),
                "event", "schedule",
                "cron", "0 3 1 1 *",
                "zone", "Europe/Berlin",
                "template", template));

    // When
    Await.await(
        () ->
            sessions.withTransaction(
                (session, tx) ->
                    session
                        .createNativeQuery(
                            """
                            update {h-schema}run_trigger set next_at = now() - interval '3 days'
                            where id = cast(:id as uuid)
                            """)
                        .setParameter("id", trigger)
                        .executeUpdate()));

    // Then
    JsonPath history = untilFired(trigger, 1);
    assertThat(history.getString("items[0].outcome")).isEqualTo("started");
    JsonPath now = as("ada").get("/api/v1/triggers/" + trigger).jsonPath();
    assertThat(now.getString("nextAt")).endsWith("-01-01T02:00:00Z");
    assertThat(history(trigger).getList("items")).hasSize(1);
  }

  @Test
  void refusalsNameTheField() {
    as("ada")
        .body(Map.of("project", "demo", "name", "x", "event", "sometimes"))
        .post("/api/v1/triggers")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("event"))
        .body("errors.field", hasItem("template"));
    as("ada")
        .body(Map.of("project", "demo", "name", "tpl-x", "manifest", Map.of("a", "${unknown}")))
        .post("/api/v1/templates")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("manifest"));
  }

  @Test
  void aTemplateThatATriggerRunsStays() {
    // Given
    String template = unique("tpl");
    keep(template, "docs", "v1");
    String trigger = trigger(template, "version-created", "docs");

    // Then
    as("ada").delete("/api/v1/templates/demo/" + template).then().statusCode(409);
    as("vic").delete("/api/v1/triggers/" + trigger).then().statusCode(403);
    as("eve").get("/api/v1/triggers/" + trigger).then().statusCode(404);
    as("ada").delete("/api/v1/triggers/" + trigger).then().statusCode(204);
    as("ada").delete("/api/v1/templates/demo/" + template).then().statusCode(204);
  }

  private static RequestSpecification as(String user) {
    return given().header("Authorization", bearer(user)).contentType("application/json");
  }

  private static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static JsonPath keep(String name, String dataset, String version) {
    String manifest =
        Manifests.runnable("demo")
            .replace("sluice://demo/docs@v1", "sluice://demo/" + dataset + "@" + version);
    return as("ada")
        .body(
            Map.of(
                "project",
                "demo",
                "name",
                name,
                "manifest",
                new String(ManifestText.yaml(manifest).toString().getBytes(UTF_8), UTF_8),
                "parameters",
                version.contains("wanted")
                    ? List.of(Map.of("name", "wanted", "default", "v1"))
                    : List.of()))
        .post("/api/v1/templates")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }

  private static String trigger(String template, String event, String dataset) {
    return created(
        Map.of(
            "project", "demo",
            "name", unique("on"),
            "event", event,
            "dataset", dataset,
            "template", template));
  }

  private static String created(Map<String, String> body) {
    return as("ada")
        .body(body)
        .post("/api/v1/triggers")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static String importOf(String run) {
    UUID id = UUID.fromString(run);
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ 1).toString();
  }

  private static JsonPath untilFired(String trigger, int times) {
    await("trigger " + trigger)
        .atMost(SOON)
        .until(() -> history(trigger).getList("items").size() == times);
    return history(trigger);
  }

  private static JsonPath history(String trigger) {
    return as("ada").get("/api/v1/triggers/" + trigger + "/history").jsonPath();
  }

  private static JsonPath run(String id) {
    return as("ada").get("/api/v1/runs/" + id).then().statusCode(200).extract().jsonPath();
  }
}
