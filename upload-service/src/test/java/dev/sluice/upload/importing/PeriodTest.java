package dev.sluice.upload.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
  @ParameterizedTest
  @CsvSource({
    "6h, PT6H",
    "30m, PT30M",
    "90s, PT1M30S",
    "1d, PT24H",
    "PT6H, PT6H",
    "P1D, PT24H",
    "366d, PT8784H"
  })
  void readsPeriods(String text, String iso) {
    assertThat(Period.read(text).orElseThrow()).hasToString(iso);
  }

  @ParameterizedTest
  @ValueSource(strings = {"59s", "0m", "367d", "6", "h", "-6h", "PT-6H", "6 h", "", "99999999999d"})
  void refusesWhatIsNoneOrTooShortOrTooLong(String text) {
    assertThat(Period.read(text)).isEmpty();
  }
}
