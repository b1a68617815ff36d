package dev.sluice.client.upload;

import dev.sluice.client.wire.FileSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Reads a file once, from its beginning to its end, a bounded number of parts ahead of those that
 * send: each part gets its CRC32C, the whole its SHA-256.
 */
final class PartReader implements Runnable {

  private static final int BUFFER = 128 * 1024;

  private final Transfer transfer;
  private final boolean wanted;
  private final Semaphore ahead;
  private final Consumer<Step> steps;
  private volatile boolean cancelled;

  /**
   * Prepares reading.
   *
   * @param wanted whether the SHA-256 is not known yet
   * @param ahead a permit is taken for each part; who is through with a part gives it back
   */
  PartReader(Transfer transfer, boolean wanted, Semaphore ahead, Consumer<Step> steps) {
    this.transfer = transfer;
    this.wanted = wanted;
    this.ahead = ahead;
    this.steps = steps;
  }

  /** Nothing more is wanted. */
  void cancel() {
    cancelled = true;
    ahead.release();
  }

  @Override
  public void run() {
    try {
      read();
    } catch (IOException e) {
      steps.accept(new Step.Unread(new UploadFailedException("the file cannot be read: " + e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      steps.accept(new Step.Unread(new UploadFailedException("interrupted")));
    } catch (RuntimeException e) {
      steps.accept(new Step.Unread(e));
    }
  }

  private void read() throws IOException, InterruptedException {
    Path source = transfer.file().source();
    FileTime before = Files.getLastModifiedTime(source);
    MessageDigest sha256 = Checksum.newDigest();
    byte[] bytes = new byte[BUFFER];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try (FileChannel channel = FileChannel.open(source, StandardOpenOption.READ)) {
      for (int number = 1; number <= transfer.partCount(); number++) {
        ahead.acquire();
        if (cancelled) {
          break;
        }
        FileSlice slice = transfer.slice(number);
        CRC32C crc = new CRC32C();
        slice.forEach(channel, buffer, part -> digest(bytes, part.limit(), crc, sha256));
        steps.accept(new Step.Hashed(new HashedPart(number, slice, Crc.text(crc))));
      }
      if (channel.size() != transfer.size() || !before.equals(Files.getLastModifiedTime(source))) {
        throw new UploadFailedException("the file changed while it was read");
      }
    }
    steps.accept(new Step.Whole(wanted ? HexFormat.of().formatHex(sha256.digest()) : null));
  }

  private void digest(byte[] bytes, int length, CRC32C crc, MessageDigest sha256) {
    crc.update(bytes, 0, length);
    if (wanted) {
      sha256.update(bytes, 0, length);
    }
  }
}
