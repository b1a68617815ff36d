package dev.sluice.catalog.version;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "*.txt, a.txt, true",
    "*.txt, d/a.txt, false",
    "**/*.txt, a.txt, true",
    "**/*.txt, d/e/a.txt, true",
    "**/*.txt, d/e/a.png, false",
    "d/**/a.txt, d/a.txt, true",
    "d/**/a.txt, d/e/f/a.txt, true",
    "d/**/a.txt, d/xa.txt, false",
    "d/**, d/e/a.txt, true",
    "d/**, e/a.txt, false",
    "?.txt, ä.txt, true",
    "?.txt, ab.txt, false",
    "a?b, a/b, false",
    "a.txt, a.txt, true",
    "a.txt, aatxt, false"
  })
  void matchesWhatItSays(String glob, String path, boolean matches) {
    assertThat(Glob.of(glob).matches(path)).isEqualTo(matches);
  }

  @Test
  void knowsWhatItsPathsBeginWith() {
    assertThat(Glob.of("images/2024/**/*.png").literal()).isEqualTo("images/2024/");
    assertThat(Glob.of("*.png").literal()).isEmpty();
  }

  @Test
  void staysQuickOnPatternsThatInviteBacktracking() {
    assertThat(Glob.of("*a".repeat(200) + "b").matches("a".repeat(1_000))).isFalse();
  }
}
