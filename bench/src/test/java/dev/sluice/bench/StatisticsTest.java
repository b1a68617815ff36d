package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final double CLOSE = 1e-9;

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(Statistics.median(List.of(4.0, 1.0, 3.0, 2.0))).isCloseTo(2.5, within(CLOSE));
    assertThat(Statistics.median(List.of(9.0, 1.0, 3.0))).isCloseTo(3.0, within(CLOSE));
  }

  @Test
  void percentilesAreInterpolated() {
    // Given
    List<Double> values = List.of(0.0, 10.0, 20.0, 30.0, 40.0);

    // Then
    assertThat(Statistics.percentile(values, 0)).isCloseTo(0, within(CLOSE));
    assertThat(Statistics.percentile(values, 0.99)).isCloseTo(39.6, within(CLOSE));
    assertThat(Statistics.percentile(values, 1)).isCloseTo(40, within(CLOSE));
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(() -> Statistics.median(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    // Given
    List<Double> ratios = List.of(1.1, 0.9, 1.3, 1.0, 1.2, 1.05, 0.95);

    // When
    Statistics.Interval once = Statistics.bootstrap(ratios, 7);
    Statistics.Interval again = Statistics.bootstrap(ratios, 7);

    // Then
    assertThat(once).isEqualTo(again);
    assertThat(once.median()).isCloseTo(1.05, within(CLOSE));
    assertThat(once.low()).isBetween(0.9, 1.05);
    assertThat(once.high()).isBetween(1.05, 1.3);
  }

  @Test
  void theIntervalHoldsTheTrueMedianAboutAsOftenAsItSays() {
    // Given
    Random random = new Random(11);
    int held = 0;
    int tries = 60;

    // When
    for (int i = 0; i < tries; i++) {
      List<Double> drawn = random.doubles(15, 0, 2).boxed().toList();
      Statistics.Interval interval = Statistics.bootstrap(drawn, i);
      held += interval.low() <= 1 && 1 <= interval.high() ? 1 : 0;
    }

    // Then
    assertThat(held).isGreaterThanOrEqualTo(tries * 85 / 100);
  }
}
