package dev.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What processing does for people, with the real services, Ray, store and command line. */
class ProcessingStoryTest {
  private static final String NOTES =
      """
      id,text
      n1,The well is deep
      n2,ok
      n3,The well is deep
      n4,Rain fills the well
      n5,Frost closes the well
      """;
  private static final Path SAMPLE = Path.of("/home/ray/samples/sample_code.py");

  @BeforeAll
  static void up() {
    Sluice.up();
  }

  @Test
  void bringsATableFromTheWebToThreePlaces() throws IOException {
    // Given
    String project = Documents.project();
    Path place = Sluice.deliveries().resolve(project).resolve("tables");
    try (RangeServer web = RangeServer.of(NOTES.getBytes(UTF_8), Integer.MAX_VALUE)) {
      String manifest =
          Runs.manifest(
              "notes-clean",
              project,
              """
                source: {type: csv, url: "%s", keyColumn: id}
                destinations:
                  - {type: s3, format: parquet}
                  - {type: local, url: "file://%s"}
                  - {type: qdrant}
                operators:
                  - {name: text_length, parameters: {minimum: 5}}
                  - {name: exact_duplicates, parameters: {column: text}}
                reuse: true
              """
                  .formatted(web.url("notes.csv"), place));

      // When
      JsonNode run = Runs.succeeded(project, manifest);
      JsonNode again = Runs.succeeded(project, manifest);

      // Then
      assertThat(again.path("reusedFrom")).isEqualTo(run.path("id"));
      assertThat(Runs.rows(project, "notes-clean@v1"))
          .extracting(row -> row.path("record_key").asText() + " " + row.path("text").asText())
          .containsExactly(
              "n1 The well is deep", "n4 Rain fills the well", "n5 Frost closes the well");
      assertThat(run.at("/summary/operators"))
          .extracting(step -> step.path("operator").asText() + " " + step.path("dropped").asInt())
          .containsExactly("read 0", "text_length 1", "exact_duplicates 1");
      assertAddsUp(run.path("summary"), 5, 3);
      assertThat(Runs.deliveries(project, run.path("id").asText()))
          .extracting(one -> one.path("type").asText() + " " + one.path("state").asText())
          .containsExactly("local delivered", "qdrant delivered");
      assertHolds(place, project);
    }
  }

  /** The local folder has the version's files and, youngest of all, the list of them. */
  private static void assertHolds(Path place, String project) throws IOException {
    Path version = Runs.downloaded(project, "notes-clean@v1");
    Path list = place.resolve("_sluice/manifest-v1.json");
    FileTime listed = Files.getLastModifiedTime(list);
    List<JsonNode> files = Runs.list(Runs.json(project, "version", "files", "notes-clean@v1"));
    assertThat(files).isNotEmpty();
    for (JsonNode file : files) {
      String path = file.path("path").asText();
      Path delivered = place.resolve("v1").resolve(path);
      assertThat(delivered).hasSameBinaryContentAs(version.resolve(path));
      assertThat(Files.getLastModifiedTime(delivered)).isLessThanOrEqualTo(listed);
      assertThat(Files.readString(list)).contains("v1/" + path, file.path("sha256").asText());
    }
  }

  private static void assertAddsUp(JsonNode summary, int in, int out) {
    long rows = in;
    for (JsonNode step : summary.path("operators")) {
      assertThat(step.path("rowsIn").asLong()).isEqualTo(rows);
      rows =
          rows
              + step.path("added").asLong()
              - step.path("dropped").asLong()
              - step.path("quarantined").asLong();
      assertThat(step.path("rowsOut").asLong()).isEqualTo(rows);
    }
    assertThat(rows).isEqualTo(out);
    assertThat(summary.at("/counts/in").asInt()).isEqualTo(in);
    assertThat(summary.at("/counts/out").asInt()).isEqualTo(out);
  }

  @Test
  void runsAProgramOfTheUsersOwnAndKeepsItsLog() throws IOException {
    // Given
    String project = Documents.project();
    Path code = folder("code");
    Files.writeString(code.resolve("words.py"), "def shout(text):\n    return text.upper()\n");
    Files.writeString(
        code.resolve("main.py"),
        """
        import sys
        import pyarrow as pa
        import sluice
        from words import shout

        def loud(batch):
            texts = [shout(text) for text in batch["text"].to_pylist()]
            seen = [batch.num_rows] * batch.num_rows
            return pa.table({"record_key": batch["record_key"], "text": texts, "seen": seen})

        print("asked with", sys.argv[1:])
        sluice.main(loud)
        """);
    upload(project, "code", "binary", code);
    Path lines = folder("lines");
    for (String word : List.of("ash", "birch", "cedar", "elm", "fir")) {
      Files.writeString(lines.resolve(word + ".txt"), word + "\n");
    }
    upload(project, "lines", "text", lines);

    // When
    JsonNode run =
        Runs.succeeded(
            project,
            Runs.manifest(
                "loud",
                project,
                """
                  source: {type: text, url: "sluice://%1$s/lines@v1"}
                  destination: {type: dataset}
                  entrypoint: python main.py --voice 'very loud'
                  workingDir: sluice://%1$s/code@latest
                  rayJobConfig: {parallelism: 1, batch_size: 2}
                """
                    .formatted(project)));

    // Then
    List<JsonNode> rows = Runs.rows(project, "loud@v1");
    assertThat(rows)
        .extracting(row -> row.path("text").asText().strip())
        .containsExactly("ASH", "BIRCH", "CEDAR", "ELM", "FIR");
    assertThat(rows).allMatch(row -> row.path("seen").asInt() <= 2);
    assertThat(run.path("entrypoint").asText()).isEqualTo("python main.py --voice 'very loud'");
    assertThat(Sluice.run("--project", project, "job", "logs", run.path("id").asText()).ok().out())
        .contains("asked with ['--voice', 'very loud']");
  }

  @Test
  void resizesImagesAndSetsADamagedOneAside() throws IOException {
    // Given
    String project = Documents.project();
    Path pictures = folder("pictures");
    Files.write(pictures.resolve("a.png"), Pictures.png(64, 32));
    Files.write(pictures.resolve("b.png"), Pictures.png(20, 40));
    Files.write(pictures.resolve("torn.png"), Arrays.copyOf(Pictures.png(64, 64), 60));
    upload(project, "pictures", "image", pictures);

    for (String format : List.of("image", "tfrecords")) {
      // When
      JsonNode run =
          Runs.succeeded(
              project,
              Runs.manifest(
                  "small-" + format,
                  project,
                  """
                    source: {type: image, url: "sluice://%s/pictures@v1"}
                    destination: {type: s3, format: %s}
                    operators:
                      - {name: image_resize, parameters: {width: 16, height: 16}}
                    tolerance: 0.5
                  """
                      .formatted(project, format)));

      // Then
      assertThat(Pictures.sizes(Runs.downloaded(project, "small-" + format + "@v1"), format))
          .containsExactly("16x8", "8x16");
      assertThat(run.at("/summary/quarantine/rows").asInt()).isEqualTo(1);
      assertAddsUp(run.path("summary"), 3, 2);
    }
  }

  @Test
  void takesTheFirstManifestEverWritten() throws IOException {
    // Given
    placeTheSampleOfTheImage();
    String project = Documents.project();
    String bucket = Runs.json(project, "project", "show", project).path("bucket").asText();
    try (RangeServer web = RangeServer.of(Pictures.pdf("Wells and rain"), Integer.MAX_VALUE)) {
      String manifest =
          """
          apiVersion: core.oneblock.ai/v1alpha1
          kind: DataSet
          metadata:
            name: pdf-data-sample
            namespace: %s
          spec:
            source:
              type: text # options are csv, parquet, image, text, binary, tfrecords
              url: %s
            destination:
              type: s3 # options are local or cloud storage, nfs
              format: parquet # options are parquet, image, text, binary, tfrecords
              url: s3://%s/dataset
            entrypoint: python /home/ray/samples/sample_code.py
            image:
              name: oneblockai/ray-data:main-head
              pullPolicy: Always
            rayJobConfig:
              distributeOps: "map" # options are map, filter, repartition
              parallelism: 2
              gpu: 0
              batch_size: 100
              scheduling: "DEFAULT" # support DEFAULT or SPREAD
            rayClusterConfig:
          """
              .formatted(project, web.url("sample.pdf"), bucket);

      // When
      JsonNode run = Runs.succeeded(project, manifest);

      // Then
      assertThat(run.at("/output/dataset").asText()).isEqualTo("pdf-data-sample");
      assertThat(Runs.rows(project, "pdf-data-sample@v1"))
          .extracting(row -> row.path("text").asText().strip())
          .containsExactly("Wells and rain");
    }
  }

  /** The image that the manifest names has the program there; this machine is to have it too. */
  private static void placeTheSampleOfTheImage() throws IOException {
    if (!Files.exists(SAMPLE)) {
      try {
        forgetAtTheEnd(SAMPLE);
        Files.createDirectories(SAMPLE.getParent());
        Files.writeString(SAMPLE, "import sluice\n\nsluice.main(lambda batch: batch)\n");
      } catch (AccessDeniedException e) {
        Assumptions.abort("nobody but the administrator can write " + SAMPLE);
      }
    }
  }

  /** Takes away at the end what is not there now; the last one named is the first that goes. */
  private static void forgetAtTheEnd(Path path) {
    if (Files.notExists(path)) {
      Path folder = path.getParent();
      if (folder != null) {
        forgetAtTheEnd(folder);
      }
      path.toFile().deleteOnExit();
    }
  }

  private static void upload(String project, String dataset, String type, Path folder) {
    Sluice.run("--project", project, "dataset", "create", dataset, "--type", type).ok();
    Sluice.run("--project", project, "upload", dataset, folder + "/", "--seal").ok();
  }

  private static Path folder(String name) throws IOException {
    return Files.createTempDirectory(Sluice.state(), name);
  }
}
