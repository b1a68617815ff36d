package dev.sluice.processing.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.processing.automation.TemplateRequest.Declared;
import dev.sluice.processing.manifest.ManifestText;
import dev.sluice.support.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FillingTest {
  private static final Map<String, String> BOUND =
      Occasion.version("demo", "notes", "v7", Instant.parse("2026-11-22T12:00:00Z")).values();

  @Test
  void putsTheOccasionAndTheValuesInTheirPlaces() {
    // Given
    Template template =
        template(
            """
            metadata: {name: chunks}
            source: {url: 'sluice://${project}/${dataset}@${version}/**/*.${ending}'}
            rows: ${batch}
            entrypoint: 'echo $${HOME} ${date}'
            """,
            new Declared("ending", "text", null, TextNode.valueOf("txt"), null),
            new Declared("batch", "integer", null, null, null));

    // When
    JsonNode filled = Filling.fill(template, Map.of("batch", IntNode.valueOf(64)), BOUND);

    // Then
    assertThat(filled.at("/source/url").asText()).isEqualTo("sluice://demo/notes@v7/**/*.txt");
    assertThat(filled.path("rows").isInt()).isTrue();
    assertThat(filled.path("rows").asInt()).isEqualTo(64);
    assertThat(filled.path("entrypoint").asText()).isEqualTo("echo ${HOME} 2026-11-22");
  }

  @Test
  void aValueCannotChangeTheManifestsShape() {
    // Given
    Template template =
        template("{a: '${x}', b: 'y${x}'}", new Declared("x", "text", null, null, null));
    TextNode sly = TextNode.valueOf("1, c: {d: ${version}}\n");

    // When
    JsonNode filled = Filling.fill(template, Map.of("x", sly), BOUND);

    // Then
    assertThat(filled.path("a").asText()).isEqualTo(sly.asText());
    assertThat(filled.path("b").asText()).isEqualTo("y" + sly.asText());
    assertThat(filled.has("c")).isFalse();
  }

  @Test
  void namesEveryValueAtFault() {
    // Given
    Template template =
        template(
            "{a: '${x}', b: '${y}', c: '${version}'}",
            new Declared("x", "integer", null, null, null),
            new Declared(
                "y", "text", null, null, List.of(TextNode.valueOf("en"), TextNode.valueOf("de"))));

    // When
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                Filling.fill(
                    template,
                    Map.of("y", TextNode.valueOf("fr"), "z", IntNode.valueOf(1)),
                    Occasion.byHand("demo", Instant.EPOCH)));

    // Then
    assertThat(refusal.problem().errors())
        .extracting(error -> error.field())
        .containsExactlyInAnyOrder("values.x", "values.y", "values.z", "values.version");
  }

  private static Template template(String yaml, Declared... parameters) {
    TemplateRequest.Checked checked =
        new TemplateRequest("demo", "chunking", ManifestText.yaml(yaml), List.of(parameters))
            .checked();
    return new Template(
        "demo", "chunking", 1, checked.manifest(), checked.parameters(), "ada", Instant.EPOCH);
  }
}
