package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A part that is away delays work and loses nothing. */
class RecoveryTest {
  @BeforeAll
  static void up() {
    Sluice.up();
  }

  @Test
  void goesOnAfterTheBrokerDied() {
    // Given
    String project = Documents.project();
    Sluice.kill("kafka");
    Sluice.run("--project", project, "dataset", "create", "afterwards", "--type", "text").ok();
    // When
    Sluice.run("up").ok();
    // Then
    Documents.sealedHandbook(project);
    assertThat(handbook(project).path("files").asInt()).isEqualTo(2);
  }

  @Test
  void goesOnAfterTheDatabaseDied() {
    // Given
    String project = Documents.project();
    Documents.sealedHandbook(project);
    String digest = handbook(project).path("digest").asText();
    // When
    Sluice.kill("postgres");
    Sluice.run("up").ok();
    // Then
    assertThat(handbook(project).path("digest").asText()).isEqualTo(digest);
  }

  @Test
  void keepsEverythingOverDownAndUp() {
    // Given
    String project = Documents.project();
    Documents.sealedHandbook(project);
    String digest = handbook(project).path("digest").asText();
    // When
    Sluice.run("down").ok();
    Sluice.run("up").ok();
    // Then
    assertThat(handbook(project).path("digest").asText()).isEqualTo(digest);
    assertThat(Sluice.run("--project", project, "version", "files", "handbook@v1").ok().out())
        .contains("tokens.md", "billing.md");
  }

  private static JsonNode handbook(String project) {
    return Sluice.run("--project", project, "version", "show", "handbook@v1", "-o", "json")
        .ok()
        .json();
  }
}
