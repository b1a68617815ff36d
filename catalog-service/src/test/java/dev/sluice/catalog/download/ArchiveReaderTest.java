package dev.sluice.catalog.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.download.StoredContent.Opener;
import dev.sluice.catalog.file.ListedFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArchiveReaderTest {
  private static final byte[] LARGE = random(3 << 20);
  private static final byte[] SMALL = "small".getBytes(UTF_8);

  @Test
  void givesTheFilesInOrderBlockByBlock() throws IOException {
    // Given
    List<ListedFile> files = List.of(file("a", LARGE, false), file("b", SMALL, false));

    // When
    List<byte[]> blocks = read(files, ArchiveReaderTest::stored);

    // Then
    assertThat(blocks).hasSizeGreaterThan(10).allMatch(block -> block.length < 400 * 1024);
    try (TarArchiveInputStream tar = tar(blocks)) {
      assertThat(tar.getNextEntry().getName()).isEqualTo("a");
      assertThat(tar.readAllBytes()).isEqualTo(LARGE);
      assertThat(tar.getNextEntry().getName()).isEqualTo("b");
      assertThat(tar.readAllBytes()).isEqualTo(SMALL);
      assertThat(tar.getNextEntry()).isNull();
    }
  }

  @Test
  void goesOnWhereTheStoreBroke() throws IOException {
    // Given
    List<Long> opened = new ArrayList<>();
    Opener breaking =
        (key, offset) -> {
          opened.add(offset);
          return opened.size() == 1 ? breaksBehind(1 << 20) : stored(key, offset);
        };

    // When
    List<byte[]> blocks = read(List.of(file("a", LARGE, false)), breaking);

    // Then
    assertThat(opened).containsExactly(0L, 1L << 20);
    try (TarArchiveInputStream tar = tar(blocks)) {
      tar.getNextEntry();
      assertThat(tar.readAllBytes()).isEqualTo(LARGE);
    }
  }

  @Test
  void breaksOffWhenTheStoreBreaksAgainAndAgain() {
    assertThatThrownBy(
            () -> read(List.of(file("a", LARGE, false)), (key, offset) -> breaksBehind(10)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot read 'a'");
  }

  @Test
  void breaksOffWhenBytesAreNotThoseOfTheManifest() {
    for (byte[] content : List.of(LARGE, SMALL)) {
      byte[] other = content.clone();
      other[content.length / 2] ^= 1;
      assertThatThrownBy(
              () ->
                  read(
                      List.of(file("a", content, false)),
                      (key, offset) -> new ByteArrayInputStream(other)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("'a' came as " + sha256(other));
    }
  }

  @Test
  void breaksOffWhenAnObjectIsLongerThanItsFile() {
    assertThatThrownBy(
            () ->
                read(
                    List.of(file("a", SMALL, false)),
                    (key, offset) -> new ByteArrayInputStream("small and more".getBytes(UTF_8))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer");
  }

  @Test
  void listsErasedFilesAtTheEndUnderANameThatIsFree() throws IOException {
    // Given
    List<ListedFile> files =
        List.of(file("gone", LARGE, true), file(ArchiveReader.ERASED, SMALL, false));

    // When
    List<byte[]> blocks = read(files, ArchiveReaderTest::stored);

    // Then
    try (TarArchiveInputStream tar = tar(blocks)) {
      assertThat(tar.getNextEntry().getName()).isEqualTo(ArchiveReader.ERASED);
      assertThat(tar.getNextEntry().getName()).isEqualTo("~" + ArchiveReader.ERASED);
      assertThat(new String(tar.readAllBytes(), UTF_8)).isEqualTo(sha256(LARGE) + "  gone\n");
      TarArchiveEntry last = tar.getNextEntry();
      assertThat(last).isNull();
    }
  }

  private static List<byte[]> read(List<ListedFile> files, Opener opener) throws IOException {
    List<byte[]> blocks = new ArrayList<>();
    try (ArchiveReader reader = new ArchiveReader(new TarWriter(), opener)) {
      reader.feed(files, false);
      while (!reader.done()) {
        blocks.add(reader.next());
      }
    }
    return blocks;
  }

  private static InputStream stored(String key, long offset) {
    byte[] all = key.equals("key/a") || key.equals("key/gone") ? LARGE : SMALL;
    return new ByteArrayInputStream(all, (int) offset, all.length);
  }

  private static InputStream breaksBehind(int bytes) {
    return new InputStream() {
      private int done;

      @Override
      public int read() throws IOException {
        throw new IOException("one by one is not how it reads");
      }

      @Override
      public int read(byte[] buffer, int from, int length) throws IOException {
        if (done == bytes) {
          throw new IOException("the connection ends here");
        }
        int n = Math.min(length, bytes - done);
        System.arraycopy(LARGE, done, buffer, from, n);
        done += n;
        return n;
      }
    };
  }

  private static TarArchiveInputStream tar(List<byte[]> blocks) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] block : blocks) {
      all.write(block);
    }
    return new TarArchiveInputStream(new ByteArrayInputStream(all.toByteArray()), UTF_8.name());
  }

  private static ListedFile file(String path, byte[] content, boolean erased) {
    @Nullable Boolean mark = erased ? true : null;
    return new ListedFile(
        path, content.length, sha256(content), "text/plain", "key/" + path, null, null, mark);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
