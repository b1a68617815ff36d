package dev.sluice.client.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(folder.resolve("docs/sub/.git"));
    Files.writeString(folder.resolve("docs/b.md"), "b");
    Files.writeString(folder.resolve("docs/sub/a.md"), "aa");
    Files.writeString(folder.resolve("docs/.hidden"), "x");
    Files.writeString(folder.resolve("docs/sub/.git/config"), "x");
  }

  @Test
  void aFolderKeepsItsName() throws IOException {
    // When
    LocalFiles files = LocalFiles.below(List.of(folder + "/docs"), "");

    // Then
    assertThat(files.files())
        .extracting(LocalFile::path)
        .containsExactly("docs/b.md", "docs/sub/a.md");
    assertThat(files.bytes()).isEqualTo(3);
  }

  @Test
  void aFolderWithASlashGivesItsContent() throws IOException {
    // When
    LocalFiles files = LocalFiles.below(List.of(folder + "/docs/"), "in");

    // Then
    assertThat(files.files()).extracting(LocalFile::path).containsExactly("in/b.md", "in/sub/a.md");
  }

  @Test
  void saysWhatItLeavesOut() throws IOException {
    // When
    LocalFiles files = LocalFiles.below(List.of(folder + "/docs/"), "");

    // Then
    assertThat(files.leftOut())
        .extracting(outcome -> outcome.file().path() + ": " + outcome.reason())
        .containsExactlyInAnyOrder(".hidden: hidden file", "sub/.git: hidden folder");
  }

  @Test
  void refusesWhatIsNotThere() {
    // When / Then
    assertThatThrownBy(() -> LocalFiles.below(List.of(folder + "/nowhere"), ""))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void composesUnicodeNames() {
    // When
    LocalFile file = new LocalFile(folder, "u\u0308.md");

    // Then
    assertThat(file.path()).isEqualTo("ü.md");
  }
}
