package dev.sluice.catalog.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.manifest.ManifestTree;
import dev.sluice.support.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionDigestTest {
  private static final String SHA = "0".repeat(64);

  @Test
  void isTheRootOfTheTree() {
    assertThat(VersionDigest.of(ManifestTree.EMPTY).value())
        .isEqualTo("sha256:6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
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
                List.of(
                    file("a", "k"),
                    new VersionFile("ä", 1, SHA, "text/csv", "k2", "0000abcd", 5L))),
            UTF_8);

    // Then
    assertThat(lines)
        .isEqualTo(
            """
            {"path":"a","size":3,"sha256":"%s","mediaType":"text/plain","objectKey":"k"}
            {"path":"ä","size":1,"sha256":"%s","mediaType":"text/csv","objectKey":"k2","crc32c":"0000abcd","rows":5}"""
                .formatted(SHA, SHA));
  }

  private static VersionFile file(String path, String objectKey) {
    return new VersionFile(path, 3, SHA, "text/plain", objectKey, null, null);
  }
}
