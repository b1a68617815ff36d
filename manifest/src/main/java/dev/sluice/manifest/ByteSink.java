package dev.sluice.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;

/** Bytes being written: varints are little-endian groups of seven bits. */
final class ByteSink {
  private byte[] bytes;
  private int length;
  private byte[] lastPath = new byte[0];
  private String lastText = "";
  private byte[] lastUtf8 = new byte[0];

  ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  void put(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  void fixed64(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  /** A number in decimal digits; it is not negative. */
  void decimal(long value) {
    room(20);
    int digits = 1;
    for (long power = 10; digits < 19 && value >= power; power *= 10) {
      digits++;
    }
    long rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** The bytes of a text that comes again and again. */
  void again(String text) {
    if (!text.equals(lastText)) {
      lastText = text;
      lastUtf8 = text.getBytes(UTF_8);
    }
    raw(lastUtf8);
  }

  void raw(byte[] value) {
    raw(value, 0, value.length);
  }

  void raw(byte[] value, int from, int count) {
    room(count);
    System.arraycopy(value, from, bytes, length, count);
    length += count;
  }

  void text(String value) {
    byte[] utf8 = value.getBytes(UTF_8);
    varint(utf8.length);
    raw(utf8);
  }

  void raw(Digest value) {
    room(Digest.LENGTH);
    value.copyTo(bytes, length);
    length += Digest.LENGTH;
  }

  /** 64 lower-case hex digits. */
  void hex(Digest value) {
    room(2 * Digest.LENGTH);
    value.hexTo(bytes, length);
    length += 2 * Digest.LENGTH;
  }

  /** The hex digits of a digest that begins there. */
  void hex(byte[] value, int from) {
    room(2 * Digest.LENGTH);
    Digest.hex(value, from, bytes, length);
    length += 2 * Digest.LENGTH;
  }

  /** Forgets what was written. */
  void clear() {
    length = 0;
  }

  Digest sha256() {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(bytes, 0, length);
    return Digest.wrap(sha256.digest());
  }

  /** A path as what it does not share with the one written before. */
  void path(PathKey path) {
    byte[] utf8 = path.utf8();
    int mismatch = Arrays.mismatch(utf8, lastPath);
    int shared = mismatch < 0 ? utf8.length : mismatch;
    varint(shared);
    varint(utf8.length - shared);
    raw(utf8, shared, utf8.length - shared);
    lastPath = utf8;
  }

  int length() {
    return length;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
