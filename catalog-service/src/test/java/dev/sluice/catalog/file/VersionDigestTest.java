package dev.sluice.catalog.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.support.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionDigestTest {
  private static final String SHA = "0".repeat(64);

  @Test
  void isTheHashOfTheSortedLines() {
    // Given
    VersionDigest.Builder builder = new VersionDigest.Builder();
    builder.add(file("a.txt", "dataset/wiki/v1/a.txt"));
    builder.add(file("b.txt", "dataset/wiki/v1/b.txt"));

    // When
    VersionDigest.Content content = builder.content();

    // Then
    String lines =
        "a.txt\0"
            + 3
            + "\0"
            + SHA
            + "\0text/plain\n"
            + "b.txt\0"
            + 3
            + "\0"
            + SHA
            + "\0text/plain\n";
    assertThat(content.digest().value()).isEqualTo("sha256:" + sha256(lines));
    assertThat(content.files()).isEqualTo(2);
    assertThat(content.bytes()).isEqualTo(6);
  }

  @Test
  void doesNotDependOnWhereTheBytesLie() {
    // Given
    VersionDigest.Builder here = new VersionDigest.Builder();
    VersionDigest.Builder there = new VersionDigest.Builder();

    // When
    here.add(file("a.txt", "dataset/wiki/v1/a.txt"));
    there.add(file("a.txt", "dataset/other/v7/a.txt"));

    // Then
    assertThat(here.content()).isEqualTo(there.content());
  }

  @Test
  void refusesFilesOutOfOrder() {
    // Given
    VersionDigest.Builder builder = new VersionDigest.Builder();
    builder.add(file("b", "k"));

    // When, Then
    assertThatThrownBy(() -> builder.add(file("a", "k")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a does not follow b");
    assertThatThrownBy(() -> builder.add(file("b", "k")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesOtherForms() {
    assertThatThrownBy(() -> new VersionDigest("md5:1")).isInstanceOf(ProblemException.class);
  }

  @Test
  void writesManifestLinesInAFixedForm() {
    // When
    String lines =
        new String(
            ManifestLines.of(
                List.of(file("a", "k"), new VersionFile("ä", 1, SHA, "text/csv", "k2", 5L))),
            UTF_8);

    // Then
    assertThat(lines)
        .isEqualTo(
            """
            {"path":"a","size":3,"sha256":"%s","mediaType":"text/plain","objectKey":"k"}
            {"path":"ä","size":1,"sha256":"%s","mediaType":"text/csv","objectKey":"k2","rows":5}"""
                .formatted(SHA, SHA));
  }

  private static VersionFile file(String path, String objectKey) {
    return new VersionFile(path, 3, SHA, "text/plain", objectKey, null);
  }

  private static String sha256(String text) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
