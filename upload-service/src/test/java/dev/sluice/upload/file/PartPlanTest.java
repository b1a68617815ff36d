package dev.sluice.upload.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartPlanTest {
  private static final long MIB = 1L << 20;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 8 << 20, (8 << 20) + 1, 1L << 32, 1L << 42, 5_497_558_138_880L})
  void partsAddUpToFile(long size) {
    // When
    PartPlan plan = PartPlan.of(size, 8 * MIB);

    // Then
    long sum = 0;
    for (int n = 1; n <= plan.partCount(); n++) {
      sum += plan.sizeOf(n);
    }
    assertThat(sum).isEqualTo(size);
    assertThat(plan.partCount()).isBetween(1, 9_000);
    assertThat(plan.partSize()).isBetween(8 * MIB, 5_120 * MIB);
    assertThat(plan.partSize() % MIB).isZero();
  }

  @Test
  void fileOfOnePartGoesByOnePut() {
    assertThat(PartPlan.of(8 * MIB, 8 * MIB).single()).isTrue();
    assertThat(PartPlan.of(8 * MIB + 1, 8 * MIB).single()).isFalse();
  }

  @Test
  void namesPartsThatAreAbsentOrOfWrongSize() {
    // Given
    PartPlan plan = PartPlan.of(20 * MIB, 8 * MIB);
    StoredPart first = new StoredPart(1, 8 * MIB, "\"a\"");
    StoredPart shortSecond = new StoredPart(2, 5, "b");

    // When
    List<Integer> missing = plan.missing(List.of(first, shortSecond));

    // Then
    assertThat(missing).containsExactly(2, 3);
    assertThat(first.etag()).isEqualTo("a");
  }

  @Test
  void hasNoPartOutside() {
    PartPlan plan = PartPlan.of(1, 8 * MIB);
    assertThat(plan.has(0)).isFalse();
    assertThatThrownBy(() -> plan.sizeOf(2)).hasMessageContaining("part 2 of 1");
  }
}
