package dev.sluice.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The digest is what the documentation says: a program that shares no code computes the same. */
class PythonDigestTest {
  private static final Path PROGRAM = Path.of("../samples/manifest/digest.py");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 2_000, 80_000})
  void isComputedFromTheManifestAlone(int count) throws Exception {
    // Given
    NavigableMap<PathKey, Entry> files = Files.some(count, new Random(count));

    // When
    Process python = new ProcessBuilder("python3", PROGRAM.toString()).start();
    try (OutputStream manifest = python.getOutputStream()) {
      for (Entry file : files.values()) {
        manifest.write(line(file).getBytes(UTF_8));
      }
    }
    String said = new String(python.getInputStream().readAllBytes(), UTF_8).strip();

    // Then
    assertThat(said).isEqualTo("sha256:" + ManifestTree.rootOf(files.values().iterator()).hex());
  }

  private static String line(Entry file) {
    return "{\"path\":\"%s\",\"size\":%d,\"sha256\":\"%s\",\"mediaType\":\"%s\"}\n"
        .formatted(file.path(), file.size(), file.sha256(), file.mediaType());
  }
}
