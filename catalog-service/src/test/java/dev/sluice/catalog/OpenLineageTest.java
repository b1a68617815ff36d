package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.CatalogApi.asService;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.catalog.openlineage.OpenLineageSchema;
import dev.sluice.events.ProcessingEvent.ProcessingCancelled;
import dev.sluice.events.ProcessingEvent.ProcessingFailed;
import dev.sluice.events.ProcessingEvent.ProcessingStarted;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@CatalogServers
class OpenLineageTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Facts facts = new Facts();

  @AfterEach
  void close() {
    facts.close();
  }

  @Test
  void tellsOfWhatPeopleUpload() {
    try (DraftWorld world = new DraftWorld("ol-upload")) {
      String version = world.seal(world.draft(Map.of("a", "1")));

      List<JsonNode> told = told("ol-upload/wiki", "START", "COMPLETE");
      JsonNode complete = told.getLast();
      assertThat(complete.at("/outputs/0/name").asText()).isEqualTo("ol-upload/wiki");
      assertThat(complete.at("/outputs/0/outputFacets/outputStatistics/fileCount").asInt()).isOne();
      List<JsonNode> asked = events(as("ada").get(version + "/lineage/openlineage").asString());
      assertThat(asked).containsExactly(complete);
    }
  }

  @Test
  void tellsAgainUntilTheReceiverTakesIt() {
    try (DraftWorld world = new DraftWorld("ol-flaky")) {
      world.seal(world.draft(Map.of("a", "1")));

      told("ol-flaky/wiki", "START", "COMPLETE");
    }
  }

  @Test
  void tellsOfARunThatFails() {
    try (DraftWorld world = new DraftWorld("ol-fail")) {
      Run run = run(world, "ol-fail");
      facts.say(run.started());
      facts.say(
          new ProcessingFailed(
              "ol-fail", run.id, 1, run.dataset, "chunks", "v1", "oom", "Gone.", null, NOW));

      List<JsonNode> told = told("ol-fail/chunks", "START", "RUNNING", "FAIL");
      assertThat(told.getLast().at("/run/runId").asText()).isEqualTo(run.id.toString());
      assertThat(told.getLast().at("/inputs/0/name").asText()).isEqualTo("ol-fail/wiki");
      assertThat(told.getLast().at("/run/facets/errorMessage/message").asText()).contains("oom");
    }
  }

  @Test
  void tellsOfARunThatIsCancelled() {
    try (DraftWorld world = new DraftWorld("ol-abort")) {
      Run run = run(world, "ol-abort");
      facts.say(
          new ProcessingCancelled("ol-abort", run.id, run.dataset, "chunks", "v1", "ada", NOW));

      told("ol-abort/chunks", "START", "ABORT");
    }
  }

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  /** What the receiver took of a dataset, when these states have come, in this order. */
  private static List<JsonNode> told(String dataset, String... states) {
    String project = dataset.substring(0, dataset.indexOf('/'));
    String url = ConfigProvider.getConfig().getValue("sluice.openlineage.url", String.class);
    List<JsonNode> told = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              told.clear();
              told.addAll(events(given().get(url + "?" + project).asString()));
              told.removeIf(event -> !event.at("/outputs/0/name").asText().equals(dataset));
              assertThat(told)
                  .extracting(event -> event.path("eventType").asText())
                  .containsExactly(states);
            });
    told.forEach(OpenLineageSchema::check);
    return told;
  }

  private static List<JsonNode> events(String body) {
    try {
      List<JsonNode> events = new ArrayList<>();
      JSON.readTree(body).forEach(events::add);
      return events;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(body, e);
    }
  }

  private static Run run(DraftWorld world, String project) {
    world.seal(world.draft(Map.of("a", "1")));
    UUID id = UUID.randomUUID();
    Map<String, Object> wanted =
        Map.of(
            "runId",
            id,
            "dataset",
            "chunks",
            "dataType",
            "text",
            "requestedBy",
            "ada",
            "inputs",
            List.of(Map.of("dataset", "wiki", "version", "v1")));
    String dataset =
        asService()
            .post(world.project() + "/reservations", wanted)
            .then()
            .statusCode(201)
            .extract()
            .path("datasetId");
    return new Run(project, id, UUID.fromString(dataset));
  }

  private record Run(String project, UUID id, UUID dataset) {
    ProcessingStarted started() {
      return new ProcessingStarted(project, id, 1, dataset, "chunks", "v1", "ray-1", NOW);
    }
  }
}
