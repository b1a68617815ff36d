package dev.sluice.catalog.openlineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.catalog.lineage.Column;
import dev.sluice.catalog.lineage.Lineage;
import dev.sluice.catalog.lineage.Lineage.Edge;
import dev.sluice.catalog.lineage.Lineage.ImportNode;
import dev.sluice.catalog.lineage.Lineage.RunNode;
import dev.sluice.catalog.lineage.Lineage.SourceNode;
import dev.sluice.catalog.lineage.Lineage.UploadNode;
import dev.sluice.catalog.lineage.Lineage.VersionNode;
import dev.sluice.catalog.openlineage.RunEvents.Change;
import dev.sluice.events.ImportEvent.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunEventsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final UUID ID = UUID.fromString("3d2a1b0c-9e8f-4a7b-8c6d-5e4f3a2b1c0d");

  private final VersionNode docs = version("docs", 3, 30);
  private final VersionNode chunks = version("chunks", 1, 7);

  @Test
  void tellsOfARun() throws IOException {
    RunNode run =
        new RunNode(
            ID,
            "ada",
            1,
            "python:3.12",
            "python -m sluice.runner",
            "sluice-1",
            "sha256:" + "2".repeat(64),
            JsonNodeFactory.instance.arrayNode().add("chunk"),
            JsonNodeFactory.instance.objectNode().put("parallelism", 2),
            "2.51.0",
            List.of(new Column("text", "string"), new Column("chunk_no", "int32")),
            41L,
            NOON);
    Lineage lineage =
        new Lineage(
            List.of(docs, run, chunks),
            List.of(
                new Edge(docs.id(), run.id(), "input"), new Edge(run.id(), chunks.id(), "output")),
            null);

    assertIs("run-complete", event(lineage, chunks, RunState.COMPLETE));
    assertIs("run-fail", event(lineage, chunks, RunState.FAIL));
  }

  @Test
  void tellsOfAnImport() throws IOException {
    Origin origin = new Origin("https://example.org/data/docs.zip", "\"5f1\"");
    SourceNode source = new SourceNode(origin.url(), origin.tag());
    ImportNode imported = new ImportNode(ID, "ada", List.of(origin), 1, NOON);
    Lineage lineage =
        new Lineage(
            List.of(source, imported, docs),
            List.of(
                new Edge(source.id(), imported.id(), "input"),
                new Edge(imported.id(), docs.id(), "output")),
            null);

    assertIs("import-complete", event(lineage, docs, RunState.COMPLETE));
  }

  @Test
  void tellsOfAnUpload() throws IOException {
    UploadNode upload = new UploadNode("docs", "v1", "ada", 3, 30, NOON, NOON);
    Lineage lineage =
        new Lineage(
            List.of(upload, docs), List.of(new Edge(upload.id(), docs.id(), "output")), null);

    assertIs("upload-complete", event(lineage, docs, RunState.COMPLETE));
    assertThat(event(lineage, docs, RunState.FAIL).path("eventType").asText()).isEqualTo("ABORT");
  }

  @ParameterizedTest
  @EnumSource
  void keepsToTheSchema(RunState state) {
    Lineage lineage = new Lineage(List.of(docs), List.of(), null);
    OpenLineageSchema.check(event(lineage, docs, state));
  }

  @Test
  void namesPlacesAsOpenLineageDoes() {
    assertThat(Place.of("s3://bucket/a/b.csv")).isEqualTo(new Place("s3://bucket", "a/b.csv"));
    assertThat(Place.of("https://h:8443/a")).isEqualTo(new Place("https://h:8443", "a"));
    assertThat(Place.of("nfs://host/export/a")).isEqualTo(new Place("file://host", "/export/a"));
    assertThat(Place.of("file:///data/a")).isEqualTo(new Place("file", "/data/a"));
  }

  private static JsonNode event(Lineage lineage, VersionNode of, RunState state) {
    return new RunEvents("demo", "sluice", "urn:sluice:catalog-service", lineage)
        .event(of, new Change(state, NOON, state == RunState.FAIL ? "out of memory" : null));
  }

  /** That the event is the golden one, and both keep to the official schema. */
  private static void assertIs(String name, JsonNode event) throws IOException {
    OpenLineageSchema.check(event);
    String path = "/openlineage/examples/" + name + ".json";
    if (Boolean.getBoolean("sluice.update-examples")) {
      Files.writeString(Path.of("src/test/resources" + path), event.toPrettyString() + "\n");
    }
    try (InputStream golden = RunEventsTest.class.getResourceAsStream(path)) {
      String expected = golden == null ? "" : new String(golden.readAllBytes(), UTF_8);
      assertThat(event.toPrettyString().strip()).isEqualTo(expected.strip());
    }
  }

  private static VersionNode version(String dataset, long files, long bytes) {
    return new VersionNode(
        dataset, "v1", "sealed", "sha256:" + "1".repeat(64), files, bytes, NOON, NOON);
  }
}
