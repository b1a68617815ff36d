package dev.sluice.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.support.problem.ProblemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a/", "a//b", ".", "a/../b", "a/./b", "a\nb", "a\u0000b", "\uD800"})
  void refusesWhatIsNoPath(String text) {
    assertThatThrownBy(() -> FilePath.of(text))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("path");
  }

  @Test
  void takesPathsInUnicodeFormNfc() {
    // When
    FilePath path = FilePath.of("a\u0308/b.txt");

    // Then
    assertThat(path.value()).isEqualTo("\u00e4/b.txt");
  }

  @Test
  void comparesAsUtf8Bytes() {
    // Given
    FilePath emoji = FilePath.of("\uD83D\uDE00");
    FilePath privateUse = FilePath.of("\uE000");

    // When
    Stream<String> sorted =
        Stream.of(emoji, privateUse, FilePath.of("b"), FilePath.of("a/b"), FilePath.of("a-b"))
            .sorted()
            .map(FilePath::value);

    // Then
    assertThat(sorted).containsExactly("a-b", "a/b", "b", "\uE000", "\uD83D\uDE00");
  }

  @Test
  void knowsItsFolders() {
    assertThat(FilePath.of("a/b/c.txt").ancestors()).containsExactly("a", "a/b");
    assertThat(FilePath.of("c.txt").ancestors()).isEmpty();
  }
}
