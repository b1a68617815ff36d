package dev.sluice.vectorsink.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.support.problem.ProblemException;
import org.junit.jupiter.api.Test;

class RecipeTest {
  private static final Recipe TEXT = new Recipe("all-MiniLM-L6-v2", "text", "cosine");

  @Test
  void keepsItsDigestFromReleaseToRelease() {
    // Then: points in collections carry it
    assertThat(TEXT.digest())
        .isEqualTo("sha256:e05816a1caee4328417a70507da8b846a6b7470537fa90e9cc9f33d955bcf1a4");
  }

  @Test
  void hasAnotherDigestForAnotherColumn() {
    // When
    Recipe body = new Recipe("all-MiniLM-L6-v2", "body", "cosine");

    // Then
    assertThat(body.digest()).isNotEqualTo(TEXT.digest());
  }

  @Test
  void namesTheModelsThatThereAre() {
    assertThatThrownBy(() -> new Recipe("gpt", "text", "cosine"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("gpt")
        .hasMessageContaining("all-MiniLM-L6-v2");
  }

  @Test
  void refusesAnEmptyColumnAndAnotherDistance() {
    assertThatThrownBy(() -> new Recipe("all-MiniLM-L6-v2", " ", "cosine"))
        .hasMessageContaining("textColumn");
    assertThatThrownBy(() -> new Recipe("all-MiniLM-L6-v2", "text", "dot"))
        .hasMessageContaining("cosine");
  }
}
