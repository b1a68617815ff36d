package dev.sluice.upload.storage;

import java.io.IOException;
import java.io.InputStream;

/**
 * An object that is being read.
 *
 * @param etag without quotes, of exactly these bytes
 */
public record StoredBytes(InputStream bytes, String etag) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
