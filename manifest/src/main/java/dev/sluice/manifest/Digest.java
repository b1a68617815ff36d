package dev.sluice.manifest;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/** A SHA-256 value. */
public final class Digest implements Comparable<Digest> {
  /** Bytes of a digest. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Digest(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /** Takes the array as it is: the caller gives it away. */
  static Digest wrap(byte[] bytes) {
    return new Digest(bytes);
  }

  /** Reads 64 lower-case hex digits. */
  public static Digest ofHex(String hex) {
    return new Digest(HexFormat.of().parseHex(hex));
  }

  /** The 32 bytes. */
  public static Digest of(byte[] bytes) {
    return new Digest(bytes.clone());
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
    return HexFormat.of().formatHex(bytes);
  }

  /** The first half of the value: what nodes are stored under. */
  public UUID id() {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  /** The first eight bytes; as good as random, so a sample may be drawn by them. */
  long head() {
    return ByteBuffer.wrap(bytes).getLong();
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(Digest other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest d && Arrays.equals(bytes, d.bytes);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  @Override
  public String toString() {
    return hex();
  }
}
