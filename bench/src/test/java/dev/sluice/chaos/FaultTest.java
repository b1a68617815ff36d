package dev.sluice.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {
  @Test
  void aSeedAlwaysGivesTheSameFaults() {
    assertThat(Fault.sequence(30, 5)).isEqualTo(Fault.sequence(30, 5));
    assertThat(Fault.sequence(30, 5)).isNotEqualTo(Fault.sequence(30, 6));
  }

  @Test
  void aShorterRunIsTheBeginningOfALongerOne() {
    assertThat(Fault.sequence(30, 5)).startsWith(Fault.sequence(3, 5).toArray(Fault[]::new));
  }

  @Test
  void everyCrashPointAndEveryServerIsStruckWithinEightTrials() {
    // When
    List<Fault> faults = Fault.sequence(8, 1);

    // Then
    assertThat(faults)
        .filteredOn(Fault.ServiceHalted.class::isInstance)
        .extracting(fault -> ((Fault.ServiceHalted) fault).point())
        .containsExactlyElementsOf(Fault.POINTS);
    assertThat(faults).hasAtLeastOneElementOfType(Fault.ServiceKilled.class);
    assertThat(faults).hasAtLeastOneElementOfType(Fault.BrokerKilled.class);
    assertThat(faults).hasAtLeastOneElementOfType(Fault.DatabaseKilled.class);
    assertThat(faults).hasAtLeastOneElementOfType(Fault.PowerCut.class);
  }
}
