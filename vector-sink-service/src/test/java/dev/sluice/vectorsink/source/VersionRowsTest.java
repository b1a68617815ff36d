package dev.sluice.vectorsink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hardwood.HardwoodContext;
import dev.hardwood.InputFile;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.vectorsink.embedding.TextDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The files were written by pyarrow 26 with zstd (three rows a row group) and snappy. */
class VersionRowsTest {
  private static final HardwoodContext HARDWOOD = HardwoodContext.create(1);
  private static final VersionSource SOURCE =
      new VersionSource(
          List.of(
              file("b.parquet", "text-rows-zstd.parquet"),
              file("readme.md", "nothing"),
              file("a.parquet", "text-rows-snappy.parquet")),
          file -> InputFile.of(ByteBuffer.wrap(bytes(file.objectKey()))));

  @AfterAll
  static void close() {
    HARDWOOD.close();
  }

  @Test
  void readsAllRowsOfAllParquetFilesInTheOrderOfTheirPaths() {
    // When
    List<TextRow> rows = read(VersionPosition.START, 4);

    // Then
    assertThat(rows).hasSize(12);
    assertThat(rows.getFirst())
        .isEqualTo(
            new TextRow(
                "guide.md#0",
                0,
                "Sentence number 0 about Grüße.",
                TextDigest.of("Sentence number 0 about Grüße."),
                "guide.md",
                TextDigest.of("guide.md")));
    assertThat(rows.subList(0, 6)).isEqualTo(rows.subList(6, 12));
  }

  @Test
  void continuesAtAnyPosition() {
    // Given
    List<TextRow> all = read(VersionPosition.START, 100);
    VersionPosition inTheMiddle;
    try (VersionRows rows = open(VersionPosition.START, "text")) {
      rows.next(8);
      inTheMiddle = rows.position();
    }

    // When
    List<TextRow> rest = read(inTheMiddle, 3);

    // Then
    assertThat(inTheMiddle).isEqualTo(new VersionPosition(1, 2));
    assertThat(rest).isEqualTo(all.subList(8, 12));
  }

  @Test
  void namesTheColumnsWhenTheTextColumnIsMissing() {
    // Given
    VersionRows rows = open(VersionPosition.START, "body");

    // Then
    assertThatThrownBy(() -> rows.next(1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("body")
        .hasMessageContaining("record_key");
    rows.close();
  }

  private static List<TextRow> read(VersionPosition from, int batch) {
    List<TextRow> all = new ArrayList<>();
    try (VersionRows rows = open(from, "text")) {
      while (!rows.atEnd()) {
        all.addAll(rows.next(batch));
      }
    }
    return all;
  }

  private static VersionRows open(VersionPosition from, String column) {
    return new VersionRows(SOURCE, column, from, HARDWOOD);
  }

  private static SourceFile file(String path, String resource) {
    return new SourceFile(path, 1, "00", "application/octet-stream", resource);
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = VersionRowsTest.class.getResourceAsStream("/" + resource)) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
