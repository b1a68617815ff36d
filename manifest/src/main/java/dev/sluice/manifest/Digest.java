package dev.sluice.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/** A SHA-256 value. */
public final class Digest implements Comparable<Digest> {
  /** Bytes of a digest. */
  public static final int LENGTH = 32;

  private static final VarHandle PAIRS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final short[] HEX = pairs();

  private final byte[] bytes;
  private final int from;

  private Digest(byte[] bytes, int from) {
    this.bytes = bytes;
    this.from = from;
  }

  /** The two hex digits of each byte. */
  private static short[] pairs() {
    byte[] digits = "0123456789abcdef".getBytes(US_ASCII);
    short[] pairs = new short[256];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = (short) (digits[i >> 4] << 8 | digits[i & 15]);
    }
    return pairs;
  }

  /** Takes the array as it is: the caller gives it away. */
  static Digest wrap(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
    }
    return new Digest(bytes, 0);
  }

  /** A part of bytes that nobody changes. */
  static Digest within(byte[] bytes, int from) {
    return new Digest(bytes, from);
  }

  /** Reads 64 lower-case hex digits. */
  public static Digest ofHex(String hex) {
    return wrap(HexFormat.of().parseHex(hex));
  }

  /** The 32 bytes. */
  public static Digest of(byte[] bytes) {
    return wrap(bytes.clone());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 64 lower-case hex digits. */
  public String hex() {
    byte[] hex = new byte[2 * LENGTH];
    hexTo(hex, 0);
    return new String(hex, US_ASCII);
  }

  void hexTo(byte[] target, int at) {
    hex(bytes, from, target, at);
  }

  static void hex(byte[] bytes, int from, byte[] target, int at) {
    for (int i = 0; i < LENGTH; i++) {
      PAIRS.set(target, at + 2 * i, HEX[bytes[from + i] & 0xff]);
    }
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, from, target, at, LENGTH);
  }

  void update(MessageDigest digest) {
    digest.update(bytes, from, LENGTH);
  }

  /** The first half of the value: what nodes are stored under. */
  public UUID id() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, LENGTH);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /** The first eight bytes; as good as random, so a sample may be drawn by them. */
  long head() {
    return (long) LONGS.get(bytes, from);
  }

  @Override
  public int compareTo(Digest other) {
    return Arrays.compareUnsigned(
        bytes, from, from + LENGTH, other.bytes, other.from, other.from + LENGTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest d
        && Arrays.equals(bytes, from, from + LENGTH, d.bytes, d.from, d.from + LENGTH);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes, from, LENGTH).getInt();
  }

  @Override
  public String toString() {
    return hex();
  }
}
