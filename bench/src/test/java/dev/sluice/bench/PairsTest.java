package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.bench.Pairs.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairsTest {
  private static final double CLOSE = 1e-9;

  @Test
  void contendersTakeTurnsInBeingFirst() throws Exception {
    // Given
    List<String> order = new ArrayList<>();

    // When
    Pairs.run(settings(3, 1), () -> noted(order, "A"), () -> noted(order, "B"));

    // Then
    assertThat(order).containsExactly("A", "B", "B", "A", "A", "B", "B", "A");
  }

  @Test
  void warmUpsDoNotCount() throws Exception {
    // Given
    List<String> order = new ArrayList<>();

    // When
    Comparison compared =
        Pairs.run(
                settings(2, 2),
                () -> Sample.of("s", noted(order, "A") == null || order.size() > 4 ? 6 : 600),
                () -> Sample.of("s", noted(order, "B") == null || order.size() > 4 ? 3 : 1))
            .by("s");

    // Then
    assertThat(compared.ratio().median()).isCloseTo(2, within(CLOSE));
    assertThat(compared.ours()).isCloseTo(6, within(CLOSE));
    assertThat(compared.control()).isCloseTo(1, within(CLOSE));
  }

  @Test
  void aWrongResultEndsTheBench() {
    // Given
    Sample wrong = new Sample(Map.of("s", 1.0), "what went in", "something else");

    // Then
    assertThatThrownBy(() -> Pairs.run(settings(1, 0), () -> wrong, () -> Sample.of("s", 1)))
        .isInstanceOf(Pairs.WrongResult.class)
        .hasMessageContaining("something else");
  }

  private static Sample noted(List<String> order, String name) {
    order.add(name);
    return Sample.of("s", 1);
  }

  private static Settings settings(int pairs, int warmUps) {
    return new Settings(pairs, warmUps, 1, 1, Path.of("unused"));
  }
}
