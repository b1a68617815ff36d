package dev.sluice.processing.automation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTimesTest {

  @ParameterizedTest(name = "{0} in {1} after {2}: {3}")
  @CsvSource({
    "0 3 * * *, UTC, 2026-11-22T12:00:00Z, 2026-11-23T03:00:00Z",
    "0 3 * * *, Europe/Berlin, 2026-11-22T12:00:00Z, 2026-11-23T02:00:00Z",
    "0 3 * * *, Europe/Berlin, 2026-06-22T12:00:00Z, 2026-06-23T01:00:00Z",
    "*/15 * * * *, UTC, 2026-11-22T12:00:00Z, 2026-11-22T12:15:00Z",
    "0 9 * * 1-5, UTC, 2026-11-20T12:00:00Z, 2026-11-23T09:00:00Z",
  })
  void saysTheNextTickInItsZone(String cron, String zone, Instant now, Instant next) {
    assertThat(CronTimes.read(cron, zone).orElseThrow().after(now)).contains(next);
  }

  @Test
  void refusesWhatIsNoSchedule() {
    assertThat(CronTimes.read("often", "UTC")).isEmpty();
    assertThat(CronTimes.read("0 3 * * *", "Berlin")).isEmpty();
    assertThat(CronTimes.read("61 3 * * *", "UTC")).isEmpty();
  }
}
