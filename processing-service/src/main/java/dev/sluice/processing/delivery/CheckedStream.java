package dev.sluice.processing.delivery;

import dev.sluice.processing.delivery.DeliveryFault.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Gives out a file's bytes, the last of them only when all of them have the SHA-256 that the
 * version says: whoever got as many bytes as the file has got the right ones.
 */
final class CheckedStream extends FilterInputStream {
  private final Item item;
  private final MessageDigest digest = sha256();
  private long left;

  CheckedStream(InputStream in, Item item) throws DeliveryFault {
    super(in);
    this.item = item;
    this.left = item.size();
    if (left == 0) {
      prove();
    }
  }

  /** A fresh SHA-256. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = super.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new StoreAway("the store breaks off " + left + " bytes before the end");
    }
    digest.update(bytes, offset, count);
    left -= count;
    if (left == 0) {
      prove();
    }
    return count;
  }

  private void prove() throws DeliveryFault {
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(item.sha256())) {
      throw new DeliveryFault(
          Kind.CONTENT_WRONG,
          "%s has SHA-256 %s in the store; the version says %s"
              .formatted(item.path(), found, item.sha256()),
          null);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public long skip(long count) {
    throw new UnsupportedOperationException("every byte is proved");
  }
}
