package dev.sluice.client.upload;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A part of a file, read only when it is sent, a few KiB at a time. */
record FileSlice(Path file, long offset, long size) {

  /** The slice as a request's body of known length; it can be sent again. */
  BodyPublisher publisher() {
    if (size == 0) {
      return BodyPublishers.noBody();
    }
    return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), size);
  }

  private InputStream open() {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return new Limited(Channels.newInputStream(channel.position(offset)), size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends after the slice and complains when the file ends before. */
  private static final class Limited extends InputStream {

    private final InputStream in;
    private long left;

    Limited(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = in.read(buffer, start, (int) Math.min(length, left));
      if (n < 0) {
        throw new EOFException("the file became shorter while it was sent");
      }
      left -= n;
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
