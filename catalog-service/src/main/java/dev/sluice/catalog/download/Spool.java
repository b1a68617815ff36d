package dev.sluice.catalog.download;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Bytes that are needed later and may be too many for memory; they wait in a temporary file. */
final class Spool implements Closeable {
  private @Nullable Path file;
  private @Nullable OutputStream out;
  private long size;

  void write(byte[] bytes) throws IOException {
    if (out == null) {
      file = Files.createTempFile("sluice-archive-", ".spool");
      out = new BufferedOutputStream(Files.newOutputStream(file));
    }
    out.write(bytes);
    size += bytes.length;
  }

  long size() {
    return size;
  }

  /** All that was written; nothing more may be. */
  InputStream read() throws IOException {
    if (out == null || file == null) {
      return InputStream.nullInputStream();
    }
    out.close();
    return Files.newInputStream(file);
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
