package dev.sluice.vectorsink.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.vectorsink.VersionLabel;
import org.junit.jupiter.api.Test;

class QuestionTest {
  @Test
  void asksTheNewestVersionForTenHitsUnlessToldOtherwise() {
    // When
    Question question = Question.of(new SearchRequest("demo", "wiki", null, "why?", null));

    // Then
    assertThat(question.version()).isEmpty();
    assertThat(question.versionText()).isEqualTo("latest");
    assertThat(question.limit()).isEqualTo(10);
  }

  @Test
  void readsAVersion() {
    // When
    Question question = Question.of(new SearchRequest("demo", "wiki", "v12", "why?", 100));

    // Then
    assertThat(question.version()).contains(new VersionLabel(12));
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    assertThatThrownBy(() -> Question.of(new SearchRequest(null, "", "v1", "\t", 0)))
        .hasMessageContaining("project")
        .hasMessageContaining("dataset")
        .hasMessageContaining("query")
        .hasMessageContaining("limit");
  }

  @Test
  void refusesAVersionOfAnotherForm() {
    assertThatThrownBy(() -> Question.of(new SearchRequest("demo", "wiki", "1", "why?", 1)))
        .hasMessageContaining("version '1'");
  }
}
