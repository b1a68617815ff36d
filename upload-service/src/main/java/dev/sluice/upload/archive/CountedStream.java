package dev.sluice.upload.archive;

import java.io.IOException;
import java.io.InputStream;

/**
 * Tells a budget what passes. It is always willing to be asked for more, since the JDK's gzip takes
 * {@code available() == 0} between two members for the end.
 */
final class CountedStream extends BlockStream {
  private final InputStream in;
  private final Meter meter;

  CountedStream(InputStream in, Meter meter) {
    this.in = in;
    this.meter = meter;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      meter.passed(count);
    }
    return count;
  }

  @Override
  public int available() {
    return 1;
  }

  /** Takes the number of bytes that passed. */
  @FunctionalInterface
  interface Meter {
    void passed(int bytes) throws ArchiveException;
  }
}
