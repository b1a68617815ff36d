package dev.sluice.upload.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Honest archives give their files. */
class ArchivesTest {
  private static final String LONG = "folder-of-some-length/".repeat(9) + "file é.txt";

  static Map<String, String> expand(InputStream bytes, String name, ArchiveLimits limits)
      throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (Archive archive = Archives.expand(bytes, name, limits)) {
      for (Optional<ArchiveFile> next = archive.next(); next.isPresent(); next = archive.next()) {
        ArchiveFile file = next.orElseThrow();
        byte[] content = file.content().readAllBytes();
        assertThat(file.size()).isIn(-1L, (long) content.length);
        files.put(file.path(), new String(content, UTF_8));
      }
    }
    return files;
  }

  static Map<String, String> expand(byte[] bytes, String name) throws IOException {
    return expand(new ByteArrayInputStream(bytes), name, ArchiveLimits.DEFAULT);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] tar() {
    return new TarBytes()
        .kind("./", '5')
        .kind("b/", '5')
        .file("./a.txt", "one")
        .file("b/c.txt", "")
        .pax("path=" + LONG, "mtime=1.5", "comment=x")
        .file("cut", "two")
        .longName("d/" + LONG)
        .file("cut", "x".repeat(1_000))
        .end();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.tar", "x.tar.gz", "X.TGZ", "x.tar.zst", "x.tzst"})
  void readsTars(String name) throws IOException {
    byte[] bytes =
        name.contains("z")
            ? (name.contains("zst") ? Zstd.compress(tar()) : gzip(tar()))
            : name.endsWith("TGZ") ? gzip(tar()) : tar();

    assertThat(expand(bytes, name))
        .containsExactly(
            Map.entry("a.txt", "one"),
            Map.entry("b/c.txt", ""),
            Map.entry(LONG, "two"),
            Map.entry("d/" + LONG, "x".repeat(1_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax", "ustar", "v7", "oldgnu"})
  void readsWhatTarWrites(String format, @TempDir Path folder) throws Exception {
    Path deep = Files.createDirectories(folder.resolve("in/" + "d".repeat(40) + "/e"));
    Files.writeString(deep.resolve("é.txt"), "content");
    Files.writeString(folder.resolve("in/empty"), "");
    Path tar = folder.resolve("x.tar");
    Process process =
        new ProcessBuilder("tar", "--format=" + format, "-cf", tar.toString(), "in")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(process.waitFor()).isZero();

    assertThat(expand(Files.readAllBytes(tar), "x.tar"))
        .containsOnly(
            Map.entry("in/empty", ""), Map.entry("in/" + "d".repeat(40) + "/e/é.txt", "content"));
  }

  @Test
  void readsZipsWithSizesBehindTheBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setComment("a comment");
      zip.putNextEntry(new ZipEntry("folder/"));
      zip.putNextEntry(new ZipEntry("folder/é.txt"));
      zip.write("content".getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("empty"));
      zip.putNextEntry(new ZipEntry("large"));
      zip.write("0123456789".repeat(300_000).getBytes(UTF_8));
    }

    assertThatThrownBy(() -> expand(out.toByteArray(), "x.zip"))
        .as("digits in order shrink to less than 1/100")
        .isInstanceOf(ArchiveException.class);
    assertThat(
            expand(
                new ByteArrayInputStream(out.toByteArray()),
                "x.zip",
                new ArchiveLimits(1 << 30, 10, 1_000)))
        .containsEntry("folder/é.txt", "content")
        .containsEntry("empty", "")
        .hasEntrySatisfying("large", text -> assertThat(text).hasSize(3_000_000));
  }

  @Test
  void readsStoredZipsAndEmptyOnes() throws IOException {
    assertThat(expand(new ZipBytes().file("a", "1").file("b/c", "22").end(), "x.zip"))
        .containsExactly(Map.entry("a", "1"), Map.entry("b/c", "22"));
    assertThat(expand(new ZipBytes().end(), "x.zip")).isEmpty();
  }

  @Test
  void readsMembersOneAfterTheOther() throws IOException {
    byte[] first = gzip("one ".getBytes(UTF_8));
    byte[] second = gzip("two".getBytes(UTF_8));
    InputStream slow =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(first), new ByteArrayInputStream(second));

    assertThat(expand(slow, "dir/x.csv.gz", ArchiveLimits.DEFAULT))
        .containsExactly(Map.entry("x.csv", "one two"));
  }

  @Test
  void readsZstdAndLeavesInnerArchivesClosed() throws IOException {
    byte[] inner = new ZipBytes().file("a", "1").end();

    assertThat(expand(Zstd.compress(inner), "x.zip.zst").keySet()).containsExactly("x.zip");
  }

  @Test
  void skipsWhatIsNotRead() throws IOException {
    byte[] bytes = gzip(new TarBytes().file("a", "x".repeat(5_000)).file("b", "2").end());
    try (Archive archive =
        Archives.expand(new ByteArrayInputStream(bytes), "x.tgz", ArchiveLimits.DEFAULT)) {
      assertThat(archive.next()).isPresent();
      assertThat(archive.next().orElseThrow().content().readAllBytes())
          .isEqualTo("2".getBytes(UTF_8));
      assertThat(archive.next()).isEmpty();
    }
  }

  @Test
  void passesFailuresOfTheSourceAsTheyAre() {
    IOException away = new IOException("away");
    InputStream breaking =
        new BlockStream() {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw away;
          }
        };
    for (String name : List.of("x.zip", "x.tar", "x.tgz", "x.zst")) {
      assertThatThrownBy(() -> expand(breaking, name, ArchiveLimits.DEFAULT)).isSameAs(away);
    }
  }

  @Test
  void knowsArchivesByTheirName() {
    assertThat(List.of("a.zip", "a.TAR.GZ", "a.tgz", "b/a.tar.zst", "a.gz", "a.zst", "a.tar"))
        .allMatch(Archives::isArchive);
    assertThat(List.of("a.rar", ".zip", "zip", "a.zip.txt", "a.7z")).noneMatch(Archives::isArchive);
  }
}
