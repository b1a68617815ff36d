package dev.sluice.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void namesBytesByTheLargestUnit() {
    assertThat(Texts.bytes(0)).isEqualTo("0 B");
    assertThat(Texts.bytes(1023)).isEqualTo("1023 B");
    assertThat(Texts.bytes(1024)).isEqualTo("1.0 KiB");
    assertThat(Texts.bytes(17 * 1024 * 1024)).isEqualTo("17.0 MiB");
    assertThat(Texts.bytes(Long.MAX_VALUE)).isEqualTo("8192.0 PiB");
  }

  @Test
  void namesTimesAsPreciselyAsTheyMatter() {
    assertThat(Texts.seconds(Duration.ofMillis(420))).isEqualTo("0.42 s");
    assertThat(Texts.seconds(Duration.ofMillis(12_340))).isEqualTo("12.3 s");
    assertThat(Texts.seconds(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
  }

  @Test
  void printsValuesAsPeopleWriteThem() {
    assertThat(Texts.of(Format.json)).isEqualTo("json");
    assertThat(Texts.of(Instant.parse("2026-01-02T03:04:05.678Z")))
        .isEqualTo("2026-01-02T03:04:05Z");
    assertThat(Texts.of(List.of("a", 1))).isEqualTo("a, 1");
  }

  @Test
  void shortensToOneLine() {
    assertThat(Texts.shorten("a\n  b\tc", 10)).isEqualTo("a b c");
    assertThat(Texts.shorten("abcdef", 4)).isEqualTo("abc…");
  }
}
