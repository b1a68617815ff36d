package dev.sluice.upload.archive;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.upload.archive.ArchiveException.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Streams out of gzip, zstd and deflate, with damage told by name. */
final class Decompression {
  private static final int BUFFER = 64 << 10;

  /** Memory for looking back: 128 MiB, as zstd's own tool takes unasked. */
  private static final int LONGEST_WINDOW = 27;

  private Decompression() {}

  static InputStream gzip(InputStream in, Budget budget) throws IOException {
    InputStream counted = new CountedStream(in, budget::in);
    return named(() -> new GZIPInputStream(counted, BUFFER), budget);
  }

  static InputStream zstd(InputStream in, Budget budget) throws IOException {
    InputStream counted = new CountedStream(in, budget::in);
    return named(() -> new ZstdInputStream(counted).setLongMax(LONGEST_WINDOW), budget);
  }

  /** The stream, counted in the budget; what its reader throws of damage becomes a fault. */
  static InputStream named(Opening opening, Budget budget) throws IOException {
    InputStream expanded = guarded(opening::open, budget);
    return new CountedStream(
        new BlockStream() {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return guarded(() -> expanded.read(bytes, offset, length), budget);
          }
        },
        budget::out);
  }

  private static <T> T guarded(Reading<T> reading, Budget budget) throws IOException {
    try {
      return reading.read();
    } catch (ZipException | EOFException | ZstdIOException e) {
      throw budget.fault(Fault.DAMAGED, String.valueOf(e.getMessage()));
    }
  }

  /** Opens a stream. */
  @FunctionalInterface
  interface Opening {
    InputStream open() throws IOException;
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }
}
