package dev.sluice.upload.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names of imports. */
class ImportIdTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final UUID NIGHTLY = UUID.fromString("0193f0a0-0000-7000-8000-000000000001");
  private static final UUID WEEKLY = UUID.fromString("0193f0a0-0000-7000-8000-000000000002");

  @Test
  void importOfPeriodIsNamedOnceWhoeverAsks() {
    assertThat(ImportId.due(NIGHTLY, NOON)).isEqualTo(ImportId.due(NIGHTLY, NOON));
    assertThat(ImportId.due(NIGHTLY, NOON)).isNotEqualTo(ImportId.due(WEEKLY, NOON));
  }

  @Test
  void importsOfScheduleStandInTheOrderOfTheirTimeAmongThoseThatPeopleAskFor() {
    List<String> inTime =
        IntStream.range(0, 20)
            .mapToObj(n -> NOON.plus(Duration.ofMinutes(n)))
            .flatMap(
                at ->
                    List.of(
                        ImportId.due(NIGHTLY, at), ImportId.fresh(at.plusSeconds(1).toEpochMilli()))
                        .stream())
            .map(ImportId::toString)
            .toList();

    assertThat(inTime).isSorted();
  }
}
