package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How runs begin by themselves, are tried before, are spared, and are stopped. */
class RunStoryTest {
  @BeforeAll
  static void up() {
    Sluice.up();
  }

  @Test
  void runsATemplateOnceForANewVersionAndNotForItsOwnOutput() {
    // Given
    String project = Documents.project();
    Documents.sealedHandbook(project);
    Path template =
        Runs.file(
            Runs.manifest(
                "tidy",
                "${project}",
                """
                  source: {type: text, url: "sluice://${project}/${dataset}@${version}"}
                  destination: {type: dataset}
                  operators:
                    - {name: text_length, parameters: {minimum: "${minimum}"}}
                """));
    Runs.json(
        project,
        "template",
        "put",
        "tidying",
        "-f",
        template.toString(),
        "--parameter",
        "minimum=integer:5");
    String trigger =
        Runs.json(
                project,
                "trigger",
                "create",
                "tidying",
                "--template",
                "tidying",
                "--on",
                "version-created",
                "--dataset",
                "*")
            .path("id")
            .asText();

    // When
    Sluice.run("--project", project, "upload", Documents.HANDBOOK, template.toString(), "--seal")
        .ok();

    // Then
    List<JsonNode> history =
        Awaitility.await("the version and the output that came of it are seen")
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofSeconds(1))
            .until(
                () -> Runs.list(Runs.json(project, "trigger", "history", trigger)),
                all -> all.size() == 2);
    assertThat(history)
        .extracting(one -> one.path("outcome").asText())
        .containsExactly("cut", "started");
    List<JsonNode> runs = Runs.list(Runs.json(project, "job", "list"));
    assertThat(runs).hasSize(1);
    assertThat(runs.getFirst().at("/input/version").asText()).isEqualTo("v2");
    assertThat(runs.getFirst().path("id").asText())
        .isEqualTo(history.get(1).path("runId").asText());
  }

  @Test
  void showsWhatARunWouldDoAndTakesItsOutputTheNextTime() {
    // Given
    String project = Documents.project();
    Documents.sealedHandbook(project);
    String manifest =
        Runs.manifest(
            "small",
            project,
            """
              source: {type: text, url: "sluice://%s/handbook@v1"}
              destination: {type: dataset}
              operators:
                - {name: text_length, parameters: {minimum: 36}}
              reuse: true
            """
                .formatted(project));

    // When
    JsonNode dry =
        Runs.json(
            project, "process", "-f", Runs.file(manifest).toString(), "--dry-run", "--rows", "10");
    JsonNode first = Runs.succeeded(project, manifest);
    JsonNode second = Runs.succeeded(project, manifest);

    // Then
    assertThat(dry.path("output").isMissingNode() || dry.path("output").isNull()).isTrue();
    assertThat(dry.at("/sample/operators/0/dropped").asInt()).isEqualTo(1);
    assertThat(first.path("rows").asInt()).isEqualTo(1);
    assertThat(first.at("/progress/blocks/done").asInt())
        .isPositive()
        .isEqualTo(first.at("/progress/blocks/total").asInt());
    assertThat(second.path("reusedFrom")).isEqualTo(first.path("id"));
    assertThat(second.path("output")).isEqualTo(first.path("output"));
    assertThat(Runs.json(project, "version", "list", "small")).hasSize(1);
  }

  @Test
  void stopsARunningRunWithinTenSeconds() {
    // Given
    String project = Documents.project();
    Documents.sealedHandbook(project);
    String id =
        Runs.started(
            project,
            Runs.manifest(
                "endless",
                project,
                """
                  source: {type: text, url: "sluice://%s/handbook@v1"}
                  destination: {type: dataset}
                  entrypoint: python -c "import time; time.sleep(600)"
                """
                    .formatted(project)));
    Runs.when(project, id, run -> run.path("state").asText().equals("running"));

    // When
    Instant asked = Instant.now();
    Sluice.run("--project", project, "job", "cancel", id).ok();

    // Then
    JsonNode run = Runs.when(project, id, Runs::over);
    assertThat(run.path("state").asText()).isEqualTo("cancelled");
    assertThat(Instant.parse(run.path("finishedAt").asText())).isBefore(asked.plusSeconds(10));
  }
}
