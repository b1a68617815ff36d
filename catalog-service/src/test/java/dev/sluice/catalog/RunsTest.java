package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogApi.as;
import static dev.sluice.catalog.CatalogApi.asService;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.events.DatasetEvent.DraftDropped;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.ProcessingEvent.ProcessingCompleted;
import dev.sluice.events.ProcessingEvent.ProcessingFailed;
import dev.sluice.events.ProcessingEvent.Program;
import dev.sluice.events.VectorEvent.VectorsIndexed;
import dev.sluice.events.VersionRef;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.testing.Await;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@CatalogServers
class RunsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PART = "dataset/chunks/v1/part-00000-a1.parquet";
  private static final String MANIFEST = "dataset/chunks/v1/_sluice/manifest-a1.json";

  private final ObjectStore store;
  private Facts facts = new Facts();

  RunsTest(ObjectStore store) {
    this.store = store;
  }

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
  void reservesOneDraftForARunHoweverOftenItAsks() {
    // Given
    String project = aProjectWithInput("r-reserve");
    UUID run = UUID.randomUUID();

    // When
    Response first = reserve(project, run, "ada");
    Response second = reserve(project, run, "ada");
    Response other = reserve(project, UUID.randomUUID(), "ada");

    // Then
    first
        .then()
        .statusCode(201)
        .body("dataset", equalTo("chunks"))
        .body("version", equalTo("v1"))
        .body("keyPrefix", equalTo("dataset/chunks/v1/"));
    second.then().statusCode(200).body("version", equalTo("v1"));
    other.then().statusCode(201).body("version", equalTo("v2"));
    as("ada").get(project + "/datasets/chunks").then().body("creator", equalTo("ada"));
  }

  @Test
  void keepsWhatARunThatHasNotEndedMayWrite() {
    // Given
    String project = aProjectWithInput("r-keep");
    UUID run = UUID.randomUUID();
    reserve(project, run, "ada").then().statusCode(201);
    String part = "dataset/chunks/v1/part-00000-a1-0123ab.parquet";
    Map<String, Object> question =
        Map.of("keys", List.of(part, "dataset/chunks/v10/x", "dataset/other/v1/x"));

    // When
    Response before = asService().post(project + "/holdings/keys", question);
    asService()
        .post(project + "/reservations/" + run + "/release", Map.of())
        .then()
        .statusCode(204);
    Response after = asService().post(project + "/holdings/keys", question);

    // Then
    before.then().body("owned", equalTo(List.of(part)));
    after.then().body("owned", equalTo(List.of()));
  }

  @Test
  void reservesOnlyForServicesAndOnlyForEditors() {
    // Given
    String project = aProjectWithInput("r-roles");
    as("ada").member(project, "vera", "viewer");

    // When
    Response person = as("ada").post(project + "/reservations", body(UUID.randomUUID(), "ada"));
    Response viewer = reserve(project, UUID.randomUUID(), "vera");
    Response stranger = reserve(project, UUID.randomUUID(), "mallory");

    // Then
    person.then().statusCode(403);
    viewer.then().statusCode(403).body("code", equalTo("role-too-low"));
    stranger.then().statusCode(404).body("code", equalTo("project-not-found"));
  }

  @Test
  void refusesInputsThatAreNotThere() {
    // Given
    String project = as("ada").project("r-inputs");
    as("ada").dataset(project, "wiki");
    as("ada").draft(project, "wiki");

    // When
    Response draft = reserve(project, UUID.randomUUID(), "ada");

    // Then
    draft.then().statusCode(409).body("code", equalTo("version-not-sealed"));
    as("ada").get(project + "/datasets/chunks").then().statusCode(404);
  }

  @Test
  void makesTheOutputOfACompletedRunAVersionOnce() {
    // Given
    String project = aProjectWithInput("r-done");
    UUID run = UUID.randomUUID();
    Response reserved = reserve(project, run, "ada");
    ProcessingCompleted completed = completed("r-done", run, reserved.path("datasetId"));
    UUID eventId = UUID.randomUUID();

    // When
    facts.say(eventId, completed);
    facts.say(eventId, completed);
    facts.say(UUID.randomUUID(), completed);
    waitForState(project, "sealed");

    // Then
    String version = project + "/datasets/chunks/versions/v1";
    as("ada")
        .get(version)
        .then()
        .body("files", equalTo(1))
        .body("bytes", equalTo(7))
        .body("producedBy.kind", equalTo("run"))
        .body("producedBy.runId", equalTo(run.toString()))
        .body("inputs[0].dataset", equalTo("wiki"))
        .body("inputs[0].version", equalTo("v1"));
    as("ada").get(version + "/files").then().body("items[0].rows", equalTo(3));
    facts.say(UUID.randomUUID(), failed("r-done", run, reserved.path("datasetId")));
    facts.say(indexed("r-done", reserved.path("datasetId"), 3));
    facts.say(indexed("r-done", reserved.path("datasetId"), 3));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("ada")
                    .get(version)
                    .then()
                    .body("indexes.size()", equalTo(1))
                    .body("indexes[0].points", equalTo(3)));
    assertThat(facts.said(VersionCreated.class, "r-done", 2))
        .filteredOn(r -> r.value().contains("\"kind\":\"run\""))
        .hasSize(1)
        .allSatisfy(r -> assertThat(r.value()).contains(run.toString(), "\"inputs\":[{"));
    as("ada")
        .get(version + "/lineage")
        .then()
        .body("nodes.kind", hasItems("version", "run", "collection"))
        .body("nodes.find { it.kind == 'run' }.entrypoint", equalTo("python -m sluice.runner"))
        .body(
            "nodes.find { it.kind == 'run' }.entrypointDigest", equalTo("sha256:" + "2".repeat(64)))
        .body("nodes.find { it.kind == 'run' }.operators[0].name", equalTo("chunk"))
        .body("nodes.find { it.kind == 'run' }.parameters.parallelism", equalTo(2))
        .body("nodes.find { it.kind == 'run' }.rayVersion", equalTo("2.51.0"))
        .body("edges.kind", hasItems("input", "output", "indexed"))
        .body("edges.from", hasItem("version:wiki@v1"));
  }

  @Test
  void describesTheColumnsOfTheTablesThatARunWrote(@TempDir Path folder)
      throws IOException, InterruptedException {
    // Given
    String project = aProjectWithInput("r-columns");
    UUID run = UUID.randomUUID();
    Response reserved = reserve(project, run, "ada");

    // When
    facts.say(completed("r-columns", run, reserved.path("datasetId")));
    waitForState(project, "sealed");

    // Then
    String version = project + "/datasets/chunks/versions/v1";
    Response described = as("ada").get(version + "/croissant");
    JsonPath croissant = JsonPath.from(described.asString());
    assertThat(croissant.getList("recordSet[0].field.name"))
        .as("those whose type Croissant has a word for")
        .containsExactly("text", "chunk_no", "scores");
    assertThat(croissant.getList("recordSet[0].field.dataType"))
        .containsExactly("sc:Text", "sc:Integer", "sc:Float");
    assertThat(croissant.getList("recordSet[0].field.isArray")).containsExactly(null, null, true);
    assertThat(croissant.getList("recordSet[0].field.source.fileSet.'@id'"))
        .containsOnly(croissant.getString("distribution[1].'@id'"));
    as("ada")
        .get(version + "/lineage/openlineage")
        .then()
        .body("[1].outputs[0].facets.schema.fields.name", hasItems("text", "raw"))
        .body("[1].outputs[0].facets.schema.fields.type", hasItems("string", "binary"))
        .body("[0].outputs[0].facets.schema", nullValue());
    CroissantTest.assertThatMlcroissantReads(
        Files.write(folder.resolve("rows.json"), described.asByteArray()));
  }

  @Test
  void dropsTheDraftOfAFailedRun() {
    // Given
    String project = aProjectWithInput("r-failed");
    UUID run = UUID.randomUUID();
    Response reserved = reserve(project, run, "ada");

    // When
    facts.say(failed("r-failed", run, reserved.path("datasetId")));

    // Then
    assertThat(facts.said(DraftDropped.class, "r-failed", 1).getFirst().value())
        .contains("entrypoint-failed");
    as("ada").get(project + "/datasets/chunks/versions/v1").then().statusCode(404);
    asService()
        .post(project + "/reservations/" + run + "/release", Map.of())
        .then()
        .statusCode(204);
  }

  @Test
  void makesNoVersionOfAnOutputThatIsNotWhatTheRunSaid() {
    // Given
    String project = aProjectWithInput("r-broken");
    UUID run = UUID.randomUUID();
    Response reserved = reserve(project, run, "ada");
    ProcessingCompleted completed = completed("r-broken", run, reserved.path("datasetId"));
    Await.await(() -> store.delete(store.bucketOf("r-broken"), PART));

    // When
    facts.say(completed);

    // Then
    assertThat(facts.said(DraftDropped.class, "r-broken", 1).getFirst().value())
        .contains("is not there");
  }

  private String aProjectWithInput(String name) {
    String project = as("ada").project(name);
    String id = as("ada").dataset(project, "wiki");
    String draft = as("ada").draft(project, "wiki");
    facts.say(Facts.completed(name, id, "a.txt", "A"));
    await().atMost(SOON).untilAsserted(() -> as("ada").get(draft).then().body("files", equalTo(1)));
    as("ada").post(draft + "/seal", Map.of("expectedFiles", 1)).then().statusCode(200);
    return project;
  }

  private static Response reserve(String project, UUID run, String by) {
    return asService().post(project + "/reservations", body(run, by));
  }

  private static Map<String, Object> body(UUID run, String by) {
    return Map.of(
        "runId",
        run,
        "dataset",
        "chunks",
        "dataType",
        "text",
        "requestedBy",
        by,
        "inputs",
        List.of(Map.of("dataset", "wiki", "version", "v1")));
  }

  /** Writes the output as a run does, and the fact about it. */
  private ProcessingCompleted completed(String project, UUID run, String datasetId) {
    String bucket = store.bucketOf(project);
    byte[] part = "PARQUET".getBytes(UTF_8);
    String manifest =
        """
        {"runId":"%s","attempt":1,"rows":3,"bytes":7,"rayVersion":"2.51.0","counts":{"in":1,"out":3,"dropped":0},
         "schema":[{"name":"text","type":"string"},{"name":"chunk_no","type":"int32"},
           {"name":"scores","type":"list<element: float>"},{"name":"raw","type":"binary"}],
         "files":[{"path":"part-00000.parquet","objectKey":"%s","size":7,"sha256":"%s",
           "mediaType":"application/vnd.apache.parquet","rows":3,"crc32c":"%s"}]}
        """
            .formatted(run, PART, Facts.sha256(part), Facts.crc32c("PARQUET"));
    Await.await(() -> store.put(bucket, PART, part, "application/octet-stream"));
    Await.await(() -> store.put(bucket, MANIFEST, manifest.getBytes(UTF_8), "application/json"));
    return new ProcessingCompleted(
        project,
        run,
        1,
        UUID.fromString(datasetId),
        "chunks",
        "v1",
        List.of(new VersionRef("wiki", "v1")),
        MANIFEST,
        Facts.sha256(manifest.getBytes(UTF_8)),
        1,
        7,
        3,
        new Program(
            "python:3.12",
            "IfNotPresent",
            "python -m sluice.runner",
            "raysubmit_1",
            "sha256:" + "2".repeat(64),
            List.of(JsonNodeFactory.instance.objectNode().put("name", "chunk")),
            JsonNodeFactory.instance.objectNode().put("parallelism", 2)),
        "ada",
        Instant.now());
  }

  private static ProcessingFailed failed(String project, UUID run, String datasetId) {
    return new ProcessingFailed(
        project,
        run,
        1,
        UUID.fromString(datasetId),
        "chunks",
        "v1",
        "entrypoint-failed",
        "The program ended with 1.",
        null,
        Instant.now());
  }

  private static VectorsIndexed indexed(String project, String datasetId, long points) {
    return new VectorsIndexed(
        project,
        UUID.fromString(datasetId),
        "chunks",
        "v1",
        "sluice-" + project + "_chunks",
        points,
        "all-MiniLM-L6-v2",
        384,
        "sha256:" + "1".repeat(64),
        Instant.now());
  }

  private void waitForState(String project, String state) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                as("ada")
                    .get(project + "/datasets/chunks/versions/v1")
                    .then()
                    .body("state", equalTo(state)));
  }
}
