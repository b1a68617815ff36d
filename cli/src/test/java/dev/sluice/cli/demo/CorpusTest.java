package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.CliException;
import dev.sluice.client.upload.Checksum;
import dev.sluice.client.upload.LocalFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

  @TempDir private Path folder;

  @Test
  void joinsALargeTextAndKnowsTheStranger() throws IOException {
    // Given
    Path samples = Files.createDirectory(folder.resolve("samples"));
    Files.writeString(samples.resolve("a.md"), "A line of the first.\n".repeat(5_000));
    Files.writeString(samples.resolve("b.md"), "A line of the second.\n".repeat(5_000));
    Files.write(samples.resolve("picture.png"), new byte[] {1, 2, 3});

    // When
    Corpus corpus = Corpus.prepare(samples, folder.resolve("state"));

    // Then
    Path large = folder.resolve("state/demo/handbook.txt");
    assertThat(large).satisfies(file -> assertThat(Files.size(file)).isGreaterThan(16 << 20));
    assertThat(corpus.belonging())
        .extracting(LocalFile::path)
        .containsExactly("docs/a.md", "docs/b.md", "joined/handbook.txt");
    assertThat(corpus.strangers()).extracting(LocalFile::path).containsExactly("docs/picture.png");
  }

  @Test
  void joinsTheSameTextEachTime() throws IOException {
    // Given
    Path samples = Files.createDirectory(folder.resolve("samples"));
    Files.writeString(samples.resolve("a.md"), "word ".repeat(100_000));

    // When
    Corpus one = Corpus.prepare(samples, folder.resolve("one"));
    Corpus other = Corpus.prepare(samples, folder.resolve("other"));

    // Then
    assertThat(Checksum.sha256(one.files().getLast().source()))
        .isEqualTo(Checksum.sha256(other.files().getLast().source()));
  }

  @Test
  void saysWhereItMissesTheSamples() {
    // When / Then
    assertThatThrownBy(() -> Corpus.prepare(folder.resolve("nowhere"), folder))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("nowhere");
  }
}
