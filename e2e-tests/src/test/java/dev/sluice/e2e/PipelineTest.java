package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The main job, as a newcomer runs it. */
class PipelineTest {
  @BeforeAll
  static void up() {
    Sluice.up();
  }

  @Test
  void takesAFolderToAnswersAndDoesItAgain() {
    // When
    JsonNode first = Sluice.run("demo", "-o", "json").ok().json();
    JsonNode second = Sluice.run("demo", "-o", "json").ok().json();
    // Then
    assertThat(first.path("checks"))
        .isNotEmpty()
        .allMatch(check -> check.path("holds").asBoolean());
    assertThat(second.path("checks")).allMatch(check -> check.path("holds").asBoolean());
    assertThat(second.at("/figures/points").asLong())
        .isPositive()
        .isEqualTo(first.at("/figures/points").asLong());
  }

  @Test
  void tellsWhereAVersionCameFrom() {
    // Given
    String project = Documents.project();
    String output = Documents.processedHandbook(project);
    // When
    JsonNode lineage =
        Sluice.run("--project", project, "version", "lineage", output + "@v1", "-o", "json")
            .ok()
            .json();
    // Then
    assertThat(lineage.path("nodes").toString()).contains("handbook", output);
    assertThat(lineage.path("edges")).isNotEmpty();
  }

  @Test
  void hidesAProjectFromStrangers() {
    // Given
    String project = Documents.project();
    String stranger =
        Sluice.run("token", "--user", "mallory" + UUID.randomUUID()).ok().out().strip();
    // When
    var answer = Sluice.http("GET", "/api/v1/projects/" + project, stranger, "");
    // Then
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void letsAViewerReadAndNothingElse() {
    // Given
    String project = Documents.project();
    String viewer =
        Sluice.run("token", "--user", "grace", "--role", "viewer", "--project", project)
            .ok()
            .out()
            .strip();
    // Then
    assertThat(Sluice.http("GET", "/api/v1/projects/" + project, viewer, "").statusCode())
        .isEqualTo(200);
    assertThat(
            Sluice.http(
                    "POST",
                    "/api/v1/projects/" + project + "/datasets",
                    viewer,
                    "{\"name\":\"mine\",\"dataType\":\"text\"}")
                .statusCode())
        .isEqualTo(403);
  }
}
