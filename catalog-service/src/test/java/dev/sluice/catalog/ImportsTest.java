package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.CatalogApi.asService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.events.DatasetEvent.DraftDropped;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.ImportEvent.ImportCancelled;
import dev.sluice.events.ImportEvent.ImportCompleted;
import dev.sluice.events.ImportEvent.ImportFailed;
import dev.sluice.events.ImportEvent.Origin;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drafts that imports reserve: filled by uploads, sealed or dropped by the import's own facts. */
@QuarkusTest
@CatalogServers
class ImportsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private Facts facts = new Facts();

  @BeforeEach
  void listen() {
    facts.close();
    facts = new Facts();
  }

  @AfterEach
  void hangUp() {
    facts.close();
  }

  @Test
  void makesADatasetForAnImportThatNamesNoType() {
    // Given
    String project = as("ada").project("i-fresh");

    // When
    Response reserved = reserve(project, UUID.randomUUID());

    // Then
    reserved
        .then()
        .statusCode(201)
        .body("dataType", equalTo("binary"))
        .body("version", equalTo("v1"))
        .body("inheritedFrom", nullValue());
  }

  @Test
  void sealsWhatAnImportBroughtTogetherWithWhatTheVersionInherits() {
    // Given
    String project = aProjectWithVersion("i-done");
    UUID id = UUID.randomUUID();
    Response reserved = reserve(project, id);
    reserved
        .then()
        .body("version", equalTo("v2"))
        .body("inheritedFrom", equalTo("v1"))
        .body("dataType", equalTo("text"));
    String dataset = reserved.path("datasetId");

    // When
    IntStream.range(0, 40)
        .mapToObj(i -> Facts.completed("i-done", dataset, "v2", "f/" + i + ".txt", "n" + i))
        .peek(c -> facts.say(Facts.chunk(c)))
        .forEach(facts::say);
    facts.say(Facts.completed("i-done", dataset, "v2", "a.txt", "A again"));
    ImportCompleted completed = completed("i-done", id, dataset, 41);
    facts.say(completed);
    facts.say(completed);

    // Then
    String version = project + "/datasets/wiki/versions/v2";
    await()
        .atMost(SOON)
        .untilAsserted(() -> as("ada").get(version).then().body("state", equalTo("sealed")));
    as("ada")
        .get(version)
        .then()
        .body("files", equalTo(42))
        .body("producedBy.kind", equalTo("import"))
        .body("producedBy.runId", equalTo(id.toString()))
        .body("inheritedFrom", equalTo("v1"));
    as("ada")
        .get(version + "/lineage")
        .then()
        .body("nodes.find { it.kind == 'import' }.sources[0].tag", equalTo("\"1\""))
        .body("nodes.find { it.kind == 'source' }.tag", equalTo("\"1\""))
        .body("edges.kind", hasItem("inherited"));
    assertThat(facts.said(VersionCreated.class, "i-done", 2))
        .filteredOn(r -> r.value().contains("\"kind\":\"import\""))
        .hasSize(1);
  }

  @Test
  void keepsTheDraftOfAnImportThatMayBeTriedAgainAndGivesAnotherAfterItsDrop() {
    // Given
    String project = aProjectWithVersion("i-retry");
    UUID id = UUID.randomUUID();
    String dataset = reserve(project, id).path("datasetId");

    // When
    facts.say(failed("i-retry", id, dataset, true));
    facts.say(Facts.completed("i-retry", dataset, "v2", "late.txt", "late"));

    // Then
    String draft = project + "/datasets/wiki/versions/v2";
    await().atMost(SOON).untilAsserted(() -> as("ada").get(draft).then().body("files", equalTo(3)));
    reserve(project, id).then().statusCode(200).body("version", equalTo("v2"));
    facts.say(failed("i-retry", id, dataset, false));
    assertThat(facts.said(DraftDropped.class, "i-retry", 1).getFirst().value())
        .contains("source-gone");
    reserve(project, id).then().statusCode(201).body("version", equalTo("v3"));
  }

  @Test
  void dropsTheDraftOfACancelledImport() {
    // Given
    String project = aProjectWithVersion("i-cancel");
    UUID id = UUID.randomUUID();
    String dataset = reserve(project, id).path("datasetId");

    // When
    facts.say(
        new ImportCancelled(
            "i-cancel", id, UUID.fromString(dataset), "wiki", "v2", "ada", Instant.now()));

    // Then
    assertThat(facts.said(DraftDropped.class, "i-cancel", 1).getFirst().value()).contains("ada");
  }

  @Test
  void dropsADraftInWhichAFileWouldBeAFolder() {
    // Given
    String project = aProjectWithVersion("i-folder");
    UUID id = UUID.randomUUID();
    String dataset = reserve(project, id).path("datasetId");

    // When
    facts.say(Facts.completed("i-folder", dataset, "v2", "other.txt", "fine"));
    facts.say(Facts.completed("i-folder", dataset, "v2", "a.txt/below.txt", "not fine"));
    facts.say(completed("i-folder", id, dataset, 2));

    // Then
    assertThat(facts.said(DraftDropped.class, "i-folder", 1).getFirst().value())
        .contains("a.txt/below.txt");
  }

  @Test
  void letsNobodyTakeTheIdOfAnother() {
    // Given
    String project = as("ada").project("i-ids");
    String other = as("ada").project("i-ids-other");
    UUID id = UUID.randomUUID();
    reserve(project, id).then().statusCode(201);

    // Then
    reserve(other, id).then().statusCode(400).body("errors[0].field", equalTo("runId"));
    Map<String, Object> run = body(id);
    run.put("kind", "run");
    run.put("dataType", "text");
    asService().post(project + "/reservations", run).then().statusCode(400);
    run.put("kind", "what");
    asService().post(project + "/reservations", run).then().statusCode(400);
  }

  private String aProjectWithVersion(String name) {
    String project = as("ada").project(name);
    String id = as("ada").dataset(project, "wiki");
    String draft = as("ada").draft(project, "wiki");
    facts.say(Facts.completed(name, id, "a.txt", "A"));
    facts.say(Facts.completed(name, id, "b.txt", "B"));
    await().atMost(SOON).untilAsserted(() -> as("ada").get(draft).then().body("files", equalTo(2)));
    as("ada").post(draft + "/seal", Map.of("expectedFiles", 2)).then().statusCode(200);
    return project;
  }

  private static Response reserve(String project, UUID id) {
    return asService().post(project + "/reservations", body(id));
  }

  private static Map<String, Object> body(UUID id) {
    Map<String, Object> body = new HashMap<>();
    body.put("runId", id);
    body.put("kind", "import");
    body.put("dataset", "wiki");
    body.put("requestedBy", "ada");
    body.put("inheritFrom", "latest");
    return body;
  }

  private static ImportCompleted completed(String project, UUID id, String dataset, long files) {
    return new ImportCompleted(
        project,
        id,
        UUID.fromString(dataset),
        "wiki",
        "v2",
        false,
        files,
        7,
        0,
        List.of(new Origin("https://example.org/a.txt", "\"1\"")),
        "ada",
        Instant.now());
  }

  private static ImportFailed failed(String project, UUID id, String dataset, boolean kept) {
    return new ImportFailed(
        project,
        id,
        1,
        UUID.fromString(dataset),
        "wiki",
        "v2",
        kept,
        "source-gone",
        "It is gone.",
        Instant.now());
  }
}
