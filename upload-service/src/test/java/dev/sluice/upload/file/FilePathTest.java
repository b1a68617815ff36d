package dev.sluice.upload.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a.txt", "Грузия/ქართული.md", "日本 語/👩‍👩‍👧.txt", "a..b/...c", "%2e%2e/x", "CON"})
  void takesNamesThatPeopleUse(String path) {
    assertThat(FilePath.of(path).value()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/..",
        "./a",
        "a\\b",
        "C:a",
        "a\u0000",
        "a\nb",
        "a\u202eb",
        "a\ud800b",
        "a\ufffe",
        "a\u2028b",
        "_sluice",
        "_sluice/manifest.json"
      })
  void refusesNamesThatHarm(String path) {
    assertThat(FilePath.faultOf(path)).isPresent();
    assertThatThrownBy(() -> FilePath.of(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsBytesNotCharacters() {
    assertThat(FilePath.faultOf("é".repeat(512))).isEmpty();
    assertThat(FilePath.faultOf("é".repeat(513))).contains("at most 1024 bytes of UTF-8");
  }

  @Test
  void composesCharacters() {
    assertThat(FilePath.of("e\u0301.txt").value()).isEqualTo("é.txt");
  }

  @Test
  void knowsExtensionAndFolders() {
    assertThat(FilePath.of("a/b/c.TAR.Gz").extension()).isEqualTo("gz");
    assertThat(FilePath.of("a/.hidden").extension()).isEmpty();
    assertThat(FilePath.of("a/b/c").folders()).containsExactly("a", "a/b");
  }

  @Test
  void keysFollowThePathUnlessStoresWouldRefuseIt() {
    // Given
    UUID id = UUID.fromString("00000000-0000-7000-8000-0000abcdef12");

    // When
    ObjectKey plain = ObjectKey.of("wiki", "v1", FilePath.of("a/b.txt"));
    ObjectKey hashed = ObjectKey.of("wiki", "v1", FilePath.of("x".repeat(1000) + ".txt"));

    // Then
    assertThat(plain.value()).isEqualTo("dataset/wiki/v1/a/b.txt");
    assertThat(plain.distinct(id).value()).isEqualTo("dataset/wiki/v1/a/b~abcdef12.txt");
    assertThat(hashed.value()).matches("dataset/wiki/v1/~[0-9a-f]{64}\\.txt");
    assertThat(ObjectKey.of("wiki", "v1", FilePath.of("a.b/c")).distinct(id).value())
        .isEqualTo("dataset/wiki/v1/a.b/c~abcdef12");
  }
}
