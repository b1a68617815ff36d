package dev.sluice.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads what {@link ByteSink} wrote. */
final class ByteSource {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private int at;
  private byte[] lastPath = new byte[0];

  ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  void skip(int count) {
    at += count;
  }

  void back(int where) {
    at = where;
  }

  void copyTo(byte[] target, int from, int count) {
    System.arraycopy(bytes, at, target, from, count);
    at += count;
  }

  /** Eight bytes from there, as a number. */
  long head(int from) {
    return (long) LONGS.get(bytes, from);
  }

  int next() {
    return bytes[at++] & 0xff;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[at++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  int count() {
    return Math.toIntExact(varint());
  }

  long fixed64() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | next();
    }
    return value;
  }

  Digest digest() {
    at += Digest.LENGTH;
    return Digest.within(bytes, at - Digest.LENGTH);
  }

  /** How many of the next bytes are those of another array from there on. */
  int alike(int most, byte[] other, int from) {
    int mismatch = Arrays.mismatch(bytes, at, at + most, other, from, other.length);
    return mismatch < 0 ? most : mismatch;
  }

  /** How many bytes both begin with. */
  static int alike(byte[] one, byte[] other) {
    int mismatch = Arrays.mismatch(one, other);
    return mismatch < 0 ? one.length : mismatch;
  }

  /** The byte that is so many behind the next one. */
  int peek(int ahead) {
    return bytes[at + ahead] & 0xff;
  }

  /** A path that begins as another one does and goes on with the next bytes. */
  PathKey pathAfter(byte[] beginning, int shared, int more) {
    byte[] utf8 = Arrays.copyOf(beginning, shared + more);
    copyTo(utf8, shared, more);
    return PathKey.wrap(utf8);
  }

  String text() {
    int length = count();
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }

  PathKey path() {
    int shared = count();
    int more = count();
    byte[] utf8 = Arrays.copyOf(lastPath, shared + more);
    System.arraycopy(bytes, at, utf8, shared, more);
    at += more;
    lastPath = utf8;
    return PathKey.wrap(utf8);
  }
}
