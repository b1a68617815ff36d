package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final Comparison MEASURED =
      new Comparison(4.99951, 3.0, new Statistics.Interval(1.6665, 1.5, 1.75), 1.01);

  @Test
  void oneObjectHoldsWhatReadersWaitFor() {
    // When
    JsonNode json =
        new ObjectMapper()
            .valueToTree(
                Figure.beside("events", "p50", "ms", "bare-send", MEASURED)
                    .with(Goal.ratioAtMost(1.5)));

    // Then
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "leg",
            "case",
            "unit",
            "ours",
            "peer",
            "peerValue",
            "ratio",
            "low",
            "high",
            "control",
            "goal",
            "holds");
    assertThat(json.get("ours").decimalValue()).isEqualByComparingTo("5");
    assertThat(json.get("goal").asText()).isEqualTo("ratio <= 1.5");
    assertThat(json.get("holds").asBoolean()).isFalse();
  }

  @Test
  void aGoalOfOurOwnValueNeedsNoPeer() {
    // When
    Figure figure = Figure.alone("footprint", "memory", "MB", 512.34567).with(Goal.oursAtMost(600));

    // Then
    assertThat(figure.holds()).isTrue();
    assertThat(figure.ours()).isEqualByComparingTo("512.3");
    assertThat(figure.peer()).isNull();
    assertThat(figure.ratio()).isNull();
  }

  @Test
  void largeNumbersKeepTheirZeros() {
    assertThat(String.valueOf(Figure.alone("events", "rate", "events/s", 20_000).ours()))
        .isEqualTo("20000");
  }
}
