package dev.sluice.catalog.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.file.VersionFile;
import dev.sluice.catalog.lineage.OutputManifest.Broken;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputManifestTest {
  private static final String RUN = "8f14e45f-ceea-467f-a0e6-1d5c1d5b0c11";

  @Test
  void readsFilesInTheOrderOfTheirPaths() {
    // Given
    String text = manifest(file("b.parquet") + "," + file("a.parquet"));

    // When
    OutputManifest manifest = OutputManifest.read(text.getBytes(UTF_8), sha256(text));

    // Then
    assertThat(manifest.runId()).hasToString(RUN);
    assertThat(manifest.files())
        .extracting(VersionFile::path)
        .containsExactly("a.parquet", "b.parquet");
    assertThat(manifest.files().getFirst().rows()).isEqualTo(2);
  }

  @Test
  void refusesOtherBytesThanWereVouchedFor() {
    // Given
    byte[] bytes = manifest(file("a")).getBytes(UTF_8);

    // When, Then
    assertThatThrownBy(() -> OutputManifest.read(bytes, "0".repeat(64)))
        .isInstanceOf(Broken.class)
        .hasMessageContaining("SHA-256");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "null", "[]", "{}", "{\"runId\":\"x\",\"files\":[]}"})
  void refusesWhatIsNoManifest(String text) {
    assertThatThrownBy(() -> OutputManifest.read(text.getBytes(UTF_8), sha256(text)))
        .isInstanceOf(Broken.class);
  }

  @Test
  void refusesPathsThatCannotBeInOneVersion() {
    // Given
    String twice = manifest(file("a") + "," + file("a"));
    String folder = manifest(file("a") + "," + file("a/b"));
    String outside = manifest(file("../a"));

    // When, Then
    for (String text : new String[] {twice, folder, outside}) {
      assertThatThrownBy(() -> OutputManifest.read(text.getBytes(UTF_8), sha256(text)))
          .isInstanceOf(Broken.class)
          .hasMessageContaining("a");
    }
  }

  private static String manifest(String files) {
    return "{\"runId\":\"" + RUN + "\",\"attempt\":1,\"files\":[" + files + "],\"schema\":[]}";
  }

  private static String file(String path) {
    return """
        {"path":"%s","objectKey":"k","size":1,"sha256":"%s","mediaType":"text/csv","rows":2}"""
        .formatted(path, "0".repeat(64));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
