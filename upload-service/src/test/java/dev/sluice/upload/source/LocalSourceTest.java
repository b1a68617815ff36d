package dev.sluice.upload.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSourceTest {
  @TempDir Path folder;
  private Path allowed;
  private Sources sources;

  @BeforeEach
  void fill() throws IOException {
    allowed = Files.createDirectories(folder.toRealPath().resolve("allowed"));
    Files.createDirectories(allowed.resolve("data/b"));
    Files.writeString(allowed.resolve("data/a.txt"), "one");
    Files.writeString(allowed.resolve("data/b/é.txt"), "two");
    Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(allowed.resolve("data/link"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(allowed.resolve("data/up"), folder);
    sources =
        new SourceService(
            SourceSettings.strict(List.of("80")).allowing(allowed), StoreSettings.none());
  }

  private Source open(String url) throws SourceException {
    return sources.open(
        "demo", new SourceSpec(URI.create(url), Optional.empty(), Optional.empty()));
  }

  private static List<SourceFile> all(Source source) throws SourceException {
    List<SourceFile> files = new ArrayList<>();
    source.files().forEachRemaining(files::add);
    return files;
  }

  private static String read(Source source, SourceFile file, long offset, long length)
      throws IOException {
    try (InputStream in = source.open(file, offset, length)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void listsRegularFilesAndNoLinks() throws IOException {
    try (Source source = open("file://" + allowed + "/data")) {
      List<SourceFile> files = all(source);

      assertThat(files).extracting(SourceFile::path).containsExactly("a.txt", "b/é.txt");
      assertThat(read(source, files.getFirst(), 0, -1)).isEqualTo("one");
      assertThat(read(source, files.getLast(), 1, 1)).isEqualTo("w");
    }
  }

  @Test
  void readsOneFile() throws IOException {
    try (Source source = open("file:" + allowed + "/data/a.txt")) {
      List<SourceFile> files = all(source);
      assertThat(files).extracting(SourceFile::path).containsExactly("a.txt");
      assertThat(read(source, files.getFirst(), 1, -1)).isEqualTo("ne");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "file:///",
        "file:%s/../secret.txt",
        "file:%s/data/../../secret.txt",
        "file:%s/data/%%2e%%2e/%%2e%%2e/secret.txt",
        "file:%s/data/link",
        "file:%s/data/up",
        "file:%s/data/up/secret.txt",
        "file:%snot",
        "file://localhost%s/data",
        "file://example.com%s/data",
        "file:%s/data?x",
        "file:%s/data#x",
        "file:data",
        "file:%s/data/a.txt%%00.png",
        "file:%s/./data/../../secret.txt"
      })
  void refusesWhatLeadsElsewhere(String url) {
    String text = url.formatted(allowed);
    assertThatThrownBy(() -> open(text)).isInstanceOf(SourceException.Refused.class);
  }

  @Test
  void refusesEverythingWhenNothingIsAllowed() {
    Sources none = new SourceService(SourceSettings.strict(List.of("80")), StoreSettings.none());
    assertThatThrownBy(
            () ->
                none.open(
                    "demo",
                    new SourceSpec(
                        URI.create("file://" + allowed), Optional.empty(), Optional.empty())))
        .isInstanceOf(SourceException.Refused.class);
  }

  @Test
  void noticesChangesAndSwappedLinks() throws IOException {
    try (Source source = open("file:" + allowed + "/data")) {
      SourceFile file = all(source).getFirst();
      Files.writeString(allowed.resolve("data/a.txt"), "one more");
      assertThatThrownBy(() -> read(source, file, 0, -1))
          .isInstanceOf(SourceException.Changed.class);

      SourceFile again = all(source).getFirst();
      Files.delete(allowed.resolve("data/a.txt"));
      assertThatThrownBy(() -> read(source, again, 0, -1)).isInstanceOf(SourceException.Gone.class);

      Files.createSymbolicLink(allowed.resolve("data/a.txt"), folder.resolve("secret.txt"));
      assertThatThrownBy(() -> read(source, again, 0, -1))
          .isInstanceOf(SourceException.Refused.class);
    }
  }

  @Test
  void saysGoneWhenThereIsNothing() {
    assertThatThrownBy(() -> open("file:" + allowed + "/nothing"))
        .isInstanceOf(SourceException.Gone.class);
  }
}
