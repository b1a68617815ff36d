package dev.sluice.upload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.Ganesha;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports from a real NFS-Ganesha. */
class NfsSourceTest {
  private static final byte[] LARGE = new byte[5 << 20];

  @TempDir static Path work;
  private static Path export;
  private static Ganesha server;

  @BeforeAll
  static void serve() throws IOException {
    new Random(3).nextBytes(LARGE);
    export = Files.createDirectories(work.toRealPath().resolve("export"));
    Files.createDirectories(export.resolve("data/b/empty"));
    Files.writeString(export.resolve("data/a.txt"), "one");
    Files.writeString(export.resolve("data/b/é.txt"), "two");
    Files.write(export.resolve("data/large.bin"), LARGE);
    Files.write(export.resolve("data/none"), new byte[0]);
    Files.writeString(work.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(export.resolve("data/link"), work.resolve("secret.txt"));
    Files.createSymbolicLink(export.resolve("up"), work);
    Files.createDirectories(export.resolve("many"));
    for (int i = 0; i < 2_500; i++) {
      Files.writeString(export.resolve("many/f%04d".formatted(i)), "");
    }
    server = Ganesha.serving(export, work);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static Source open(String path, boolean allowed, String query) throws SourceException {
    SourceSettings settings =
        SourceSettings.strict(List.of("111", "1024-65535")).taking(1L << 30, 5_000);
    return new SourceService(
            allowed ? settings.allowing("127.0.0.1/32") : settings, StoreSettings.none())
        .open(
            "demo",
            new SourceSpec(
                URI.create("nfs://127.0.0.1:" + server.nfsPort() + path + query),
                Optional.empty(),
                Optional.empty()));
  }

  private static Source open(String path) throws SourceException {
    return open(export + path, true, "?mountport=" + server.mountPort());
  }

  private static List<SourceFile> all(Source source) throws SourceException {
    List<SourceFile> files = new ArrayList<>();
    source.files().forEachRemaining(files::add);
    return files;
  }

  private static byte[] read(Source source, SourceFile file, long offset, long length)
      throws IOException {
    try (InputStream in = source.open(file, offset, length)) {
      return in.readAllBytes();
    }
  }

  @Test
  void listsRegularFilesAndReadsThemInRanges() throws IOException {
    try (Source source = open("/data")) {
      List<SourceFile> files = all(source);

      assertThat(files)
          .extracting(SourceFile::path)
          .containsExactly("a.txt", "b/é.txt", "large.bin", "none");
      SourceFile large = files.get(2);
      assertThat(read(source, large, 0, -1)).isEqualTo(LARGE);
      byte[] joined = new byte[LARGE.length];
      IntStream.range(0, 5)
          .parallel()
          .forEach(
              i -> {
                try {
                  byte[] part = read(source, large, i * 1_048_576L, 1_048_576);
                  System.arraycopy(part, 0, joined, i << 20, part.length);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      assertThat(joined).isEqualTo(LARGE);
      assertThat(read(source, large, 77, 100)).isEqualTo(Arrays.copyOfRange(LARGE, 77, 177));
      assertThat(read(source, files.get(3), 0, -1)).isEmpty();
    }
  }

  @Test
  void readsOneFileAndAsksThePortMapper() throws IOException {
    try (Source source = open(export + "/data/a.txt", true, "")) {
      List<SourceFile> files = all(source);
      assertThat(files).extracting(SourceFile::path).containsExactly("a.txt");
      assertThat(read(source, files.getFirst(), 0, -1)).asString().isEqualTo("one");
    }
  }

  @Test
  void listsFoldersOfManyPages() throws IOException {
    try (Source source = open("/many")) {
      assertThat(all(source)).hasSize(2_500).doesNotHaveDuplicates();
    }
  }

  @Test
  void followsNoLink() throws IOException {
    try (Source link = open("/data/link");
        Source up = open("/up/secret.txt")) {
      assertThatThrownBy(link::files).isInstanceOf(SourceException.Refused.class);
      assertThatThrownBy(up::files).isInstanceOf(SourceException.Refused.class);
    }
  }

  @Test
  void saysGoneForWhatIsNotThereOrNotExported() throws IOException {
    try (Source missing = open("/data/nothing");
        Source elsewhere = open("/etc", true, "?mountport=" + server.mountPort())) {
      assertThatThrownBy(missing::files).isInstanceOf(SourceException.Gone.class);
      assertThatThrownBy(elsewhere::files).isInstanceOf(SourceException.Gone.class);
    }
  }

  @Test
  void noticesThatFileChanged() throws IOException {
    Path changing = Files.createDirectories(export.resolve("changing")).resolve("x.bin");
    Files.write(changing, LARGE);
    try (Source source = open("/changing")) {
      SourceFile file = all(source).getFirst();
      try (InputStream in = source.open(file, 0, -1)) {
        assertThat(in.readNBytes(1_000)).hasSize(1_000);
        Files.write(changing, new byte[LARGE.length]);
        assertThatThrownBy(in::readAllBytes).isInstanceOf(SourceException.Changed.class);
      }
      assertThatThrownBy(() -> read(source, file, 10, 10))
          .isInstanceOf(SourceException.Changed.class);
    }
  }

  @Test
  void guardHoldsForNfsToo() {
    assertThatThrownBy(() -> open(export.toString(), false, ""))
        .isInstanceOf(SourceException.Refused.class);
  }
}
