package dev.sluice.upload.source;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;

/**
 * A stream from outside that ends after exactly the bytes expected, at no less than a slowest rate,
 * or fails with a {@link SourceException}.
 */
final class MeasuredStream extends InputStream {
  /** Bytes in {@link #WINDOW} of waiting that are the least. */
  private static final long LEAST = 64 << 10;

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final InputStream in;
  private final String what;
  private final long expected;
  private final long most;
  private long read;
  private long waited;
  private long inWindow;

  private MeasuredStream(InputStream in, String what, long expected, long most) {
    this.in = in;
    this.what = what;
    this.expected = expected;
    this.most = most;
  }

  /** A stream that has this many bytes. */
  static InputStream exact(InputStream in, String what, long expected) {
    return new MeasuredStream(in, what, expected, expected);
  }

  /** A stream that has at most this many bytes. */
  static InputStream atMost(InputStream in, String what, long most) {
    return new MeasuredStream(in, what, -1, most);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (read == most) {
      return end();
    }
    int count = timed(bytes, offset, (int) Math.min(length, most - read));
    if (count < 0) {
      if (expected > read) {
        throw new SourceException.Unreachable(
            "%s: broke off after %d of %d bytes".formatted(what, read, expected));
      }
      return -1;
    }
    read += count;
    return count;
  }

  private int end() throws IOException {
    if (timed(new byte[1], 0, 1) < 0) {
      return -1;
    }
    throw expected < 0
        ? new SourceException.TooLarge("%s: more than %d bytes".formatted(what, most))
        : new SourceException.Changed("%s: more than its %d bytes".formatted(what, expected));
  }

  private int timed(byte[] bytes, int offset, int length) throws IOException {
    long before = System.nanoTime();
    try {
      int count = in.read(bytes, offset, length);
      waited += System.nanoTime() - before;
      inWindow += Math.max(count, 0);
      if (count >= 0 && waited > WINDOW.toNanos()) {
        checkRate();
      }
      return count;
    } catch (IOException e) {
      throw SourceException.in(e)
          .orElseGet(
              () ->
                  new SourceException.Unreachable(
                      "%s: broke off after %d bytes: %s".formatted(what, read, e.getMessage()), e));
    }
  }

  private void checkRate() throws SourceException.Unreachable {
    if (inWindow < LEAST) {
      throw new SourceException.Unreachable(
          "%s: only %d bytes in %d s of waiting".formatted(what, inWindow, WINDOW.toSeconds()));
    }
    waited = 0;
    inWindow = 0;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), most - read);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
