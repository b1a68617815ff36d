package dev.sluice.vectorsink.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunPlanTest {
  @Test
  void putsTextsOfLikeLengthTogetherWithinTheBound() {
    // Given
    List<Tokens> texts =
        IntStream.of(5, 200, 6, 190, 7).mapToObj(n -> new Tokens(n, new long[n])).toList();

    // When
    List<List<Tokens>> runs = RunPlan.of(texts, 400);

    // Then
    assertThat(runs.stream().map(run -> run.stream().map(Tokens::length).toList()))
        .containsExactly(List.of(200, 190), List.of(7, 6, 5));
  }

  @Test
  void givesATextLongerThanTheBoundARunOfItsOwn() {
    // Given
    List<Tokens> texts = List.of(new Tokens(0, new long[50]), new Tokens(1, new long[40]));

    // When
    List<List<Tokens>> runs = RunPlan.of(texts, 10);

    // Then
    assertThat(runs).hasSize(2).allSatisfy(run -> assertThat(run).hasSize(1));
  }
}
