package dev.sluice.processing.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.processing.manifest.PathGlob;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.processing.reservation.InputFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeFilesTest {
  private static final InCatalog WHOLE = new InCatalog("demo", "code", "v1", null);

  @ParameterizedTest
  @CsvSource({
    "'', src/a.py, src/a.py",
    "src, src/a.py, a.py",
    "src/, src/lib/a.py, lib/a.py",
    "src/a.py, src/a.py, a.py"
  })
  void pathsAreThoseBelowTheFolder(String folder, String path, String seen) {
    // Given
    PathGlob glob = folder.isEmpty() ? null : new PathGlob(folder);

    // When
    CodeFiles code =
        CodeFiles.below(new InCatalog("demo", "code", "v1", glob), List.of(file(path, 1)));

    // Then
    assertThat(code.files()).extracting(InputFile::path).containsExactly(seen);
    assertThat(code.files()).extracting(InputFile::objectKey).containsExactly("key/" + path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.py",
        "a/../../b",
        "/etc/passwd",
        "a//b",
        "./a",
        "..",
        "a\\b",
        "a\u0000b",
        "a\nb"
      })
  void noFileLandsOutsideOfTheDirectory(String path) {
    assertThat(refusal(List.of(file(path, 1)))).isEqualTo("working-dir-unsafe");
  }

  @Test
  void theWholeIsNoLargerThanRayTakes() {
    // Given
    long half = CodeFiles.MOST_BYTES / 2;

    // Then
    assertThat(refusal(List.of(file("a", half), file("b", half + 1))))
        .isEqualTo("working-dir-too-large");
    assertThat(CodeFiles.below(WHOLE, List.of(file("a", half), file("b", half))).files())
        .hasSize(2);
  }

  @Test
  void anEmptyFolderIsRefused() {
    assertThat(refusal(List.of())).isEqualTo("working-dir-empty");
  }

  @Test
  void theDigestTellsNamesAndContentsAndNotTheOrder() {
    // Given
    String digest = CodeFiles.below(WHOLE, List.of(file("a", 1), file("b", 2))).digest();

    // Then
    assertThat(CodeFiles.below(WHOLE, List.of(file("b", 2), file("a", 1))).digest())
        .isEqualTo(digest);
    assertThat(CodeFiles.below(WHOLE, List.of(file("a", 1), file("c", 2))).digest())
        .isNotEqualTo(digest);
    assertThat(CodeFiles.below(WHOLE, List.of(file("a", 1), file("b", 3))).digest())
        .isNotEqualTo(digest);
  }

  private static String refusal(List<InputFile> files) {
    return catchThrowableOfType(CodeRefused.class, () -> CodeFiles.below(WHOLE, files)).code();
  }

  private static InputFile file(String path, long size) {
    return new InputFile(path, size, "%064x".formatted(size), "text/x-python", "key/" + path);
  }
}
