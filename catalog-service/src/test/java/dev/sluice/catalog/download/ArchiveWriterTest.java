package dev.sluice.catalog.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveWriterTest {
  private static final long FIVE_GIB = 5L << 30;
  private static final long NINE_GIB = 9L << 30;

  @TempDir private Path folder;

  @Test
  void writesAZipOfEntriesThatAreStored() throws IOException {
    // Given
    Path file = folder.resolve("a.zip");

    // When
    try (ZipWriter zip = new ZipWriter()) {
      zip.whole("grün/Ω.txt", "whole".getBytes(UTF_8));
      begun(zip, "piece by piece.txt", "one two");
      zip.whole("empty", new byte[0]);
      Files.write(file, all(zip));
    }

    // Then
    try (ZipFile read = new ZipFile(file.toFile())) {
      assertThat(Collections.list(read.entries()))
          .extracting(ZipEntry::getName)
          .containsExactly("grün/Ω.txt", "piece by piece.txt", "empty");
      assertThat(Collections.list(read.entries())).allMatch(e -> e.getMethod() == ZipEntry.STORED);
      assertThat(text(read, "grün/Ω.txt")).isEqualTo("whole");
      assertThat(text(read, "piece by piece.txt")).isEqualTo("one two");
    }
  }

  @Test
  void writesMoreEntriesThanAnOldZipCanCount() throws IOException {
    // Given
    Path file = folder.resolve("many.zip");

    // When
    try (ZipWriter zip = new ZipWriter()) {
      for (int i = 0; i < 70_000; i++) {
        zip.whole("f" + i, new byte[0]);
      }
      Files.write(file, all(zip));
    }

    // Then
    try (ZipFile read = new ZipFile(file.toFile())) {
      assertThat(read.size()).isEqualTo(70_000);
      assertThat(read.getEntry("f69999")).isNotNull();
    }
    ByteBuffer end = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int record = end.capacity() - 22 - 20 - 56;
    assertThat(end.getInt(record)).as("the end of a ZIP64").isEqualTo(0x06064b50);
    assertThat(end.getLong(record + 32)).isEqualTo(70_000);
  }

  @Test
  void writesAnEntryBeyondFourGibibytesAndOneBehindIt() throws IOException {
    // Given
    Path file = folder.resolve("large.zip");

    // When
    try (ZipWriter zip = new ZipWriter();
        RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      zip.begin("large", FIVE_GIB);
      zeros(zip, sparse, FIVE_GIB);
      zip.end();
      zip.whole("behind", "tail".getBytes(UTF_8));
      sparse.write(all(zip));
    }

    // Then
    try (ZipFile read = new ZipFile(file.toFile())) {
      assertThat(read.getEntry("large").getSize()).isEqualTo(FIVE_GIB);
      assertThat(text(read, "behind")).isEqualTo("tail");
    }
  }

  @Test
  void writesATarOfLongNamesAndLargeFiles() throws IOException {
    // Given
    String longName = "ordner/".repeat(60) + "größe.txt";
    Path file = folder.resolve("large.tar");

    // When
    try (TarWriter tar = new TarWriter();
        RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      tar.whole(longName, "long".getBytes(UTF_8));
      sparse.write(tar.take());
      tar.begin("large", NINE_GIB);
      sparse.write(tar.take());
      sparse.seek(sparse.getFilePointer());
    }

    // Then
    try (TarArchiveInputStream read =
        new TarArchiveInputStream(Files.newInputStream(file), UTF_8.name())) {
      TarArchiveEntry first = read.getNextEntry();
      assertThat(first.getName()).isEqualTo(longName);
      assertThat(new String(read.readAllBytes(), UTF_8)).isEqualTo("long");
      assertThat(read.getNextEntry().getSize()).isEqualTo(NINE_GIB);
    }
  }

  @Test
  void writesTheSameBytesForTheSameEntries() throws IOException {
    // Then
    assertThat(tar()).isEqualTo(tar()).hasSize(2_048);
    assertThat(new TarArchiveInputStream(new ByteArrayInputStream(tar())).getNextEntry())
        .satisfies(
            entry -> {
              assertThat(entry.getUserName()).isEmpty();
              assertThat(entry.getLastModifiedTime().toString()).isEqualTo("1980-01-01T00:00:00Z");
            });
  }

  private static byte[] tar() throws IOException {
    try (TarWriter tar = new TarWriter()) {
      tar.whole("a.txt", "a".getBytes(UTF_8));
      return all(tar);
    }
  }

  private static void begun(ArchiveWriter writer, String path, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    writer.begin(path, bytes.length);
    for (byte each : bytes) {
      writer.write(new byte[] {each}, 1);
    }
    writer.end();
  }

  /** Zeros are not written but left out, which gives the same file. */
  private static void zeros(ZipWriter zip, RandomAccessFile sparse, long size) throws IOException {
    sparse.write(zip.take());
    byte[] zeros = new byte[1 << 20];
    for (long done = 0; done < size; done += zeros.length) {
      zip.write(zeros, zeros.length);
      sparse.seek(sparse.getFilePointer() + zip.take().length);
    }
  }

  private static byte[] all(ArchiveWriter writer) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(writer.take());
    try (InputStream trailer = writer.trailer()) {
      trailer.transferTo(all);
    }
    return all.toByteArray();
  }

  private static String text(ZipFile zip, String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
