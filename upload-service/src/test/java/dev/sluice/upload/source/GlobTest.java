package dev.sluice.upload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.csv|a.csv|true",
        "*.csv|x/y/a.csv|true",
        "*.csv|a.csv.gz|false",
        "x/*.csv|x/a.csv|true",
        "x/*.csv|x/y/a.csv|false",
        "x/**.csv|x/y/a.csv|true",
        "**/a.csv|a.csv|true",
        "**/a.csv|x/y/a.csv|true",
        "**/a.csv|x/ya.csv|false",
        "x/**/a.csv|x/a.csv|true",
        "x/**/a.csv|x/y/z/a.csv|true",
        "x/**|x/y/z|true",
        "x/**|y/z|false",
        "?.txt|a.txt|true",
        "?.txt|ab.txt|false",
        "/?|/a|true",
        "*.{csv,tsv}|a.tsv|true",
        "*.{csv,tsv}|a.txt|false",
        "{a,b}/{c,d}|b/c|true",
        "été*|été.txt|true",
        "[a]|[a]|true",
        "a.c|abc|false"
      })
  void matchesPaths(String glob, String path, boolean expected) throws SourceException {
    assertThat(Glob.of(glob).matches(path)).isEqualTo(expected);
  }

  @Test
  void takesPatternsMadeToBeSlow() throws SourceException {
    assertThat(Glob.of("*a".repeat(240) + "b").matches("a".repeat(1_000))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{a", "{a{b}}", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "a\u0001"})
  void refusesSenselessPatterns(String glob) {
    assertThatThrownBy(() -> Glob.of(glob)).isInstanceOf(SourceException.Invalid.class);
  }
}
