package dev.sluice.client.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** A part of a file, read only when it is needed, a few KiB at a time. */
public record FileSlice(Path file, long offset, long size) {

  private static final int BUFFER = 256 * 1024;

  public FileSlice {
    if (offset < 0 || size < 0) {
      throw new IllegalArgumentException("no slice of a file: " + offset + ", " + size);
    }
  }

  /** The file, open for reading; the caller closes it. */
  FileChannel open() throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  /**
   * Hands over the slice's bytes, in order, in a buffer that is used again.
   *
   * @throws EOFException when the file ends before the slice does
   */
  public void forEach(Consumer<ByteBuffer> reader) throws IOException {
    try (FileChannel channel = open()) {
      forEach(channel, ByteBuffer.allocateDirect(Math.clamp(size, 1, BUFFER)), reader);
    }
  }

  /** Like {@link #forEach(Consumer)} with a channel and a buffer of the caller's. */
  public void forEach(FileChannel channel, ByteBuffer buffer, Consumer<ByteBuffer> reader)
      throws IOException {
    for (long done = 0; done < size; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), size - done));
      int n = channel.read(buffer, offset + done);
      if (n < 0) {
        throw shorter();
      }
      done += n;
      reader.accept(buffer.flip());
    }
  }

  /** What happened when there is less to read than there was. */
  EOFException shorter() {
    return new EOFException("the file became shorter while it was read: " + file);
  }
}
