package dev.sluice.processing.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathGlobTest {

  @ParameterizedTest(name = "{0} takes {1}: {2}")
  @CsvSource({
    "*.txt, a.txt, true",
    "*.txt, b/a.txt, false",
    "**/*.txt, a.txt, true",
    "**/*.txt, b/c/a.txt, true",
    "**/*.txt, b/c/a.md, false",
    "b/**, b/c/a.md, true",
    "b/**, bc/a.md, false",
    "b, b, true",
    "b, b/a.txt, true",
    "b/, b/a.txt, true",
    "b, bc, false",
    "a?.txt, ab.txt, true",
    "a?.txt, a/.txt, false",
    "a.txt, aXtxt, false",
    "[x]*, [x]y, true"
  })
  void takesPaths(String glob, String path, boolean taken) {
    // When
    boolean answer = new PathGlob(glob).matcher().test(path);

    // Then
    assertThat(answer).isEqualTo(taken);
  }
}
