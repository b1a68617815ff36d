package dev.sluice.chaos.upload;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/** A file of a trial; its content follows from its seed. */
final class TrialFile {
  private static final int SMALL = 64 << 10;
  private static final int MOST_PARTS = 6;
  private static final int CROWD = 2;

  private final String path;
  private final byte[] bytes;
  private final String sha256;

  private TrialFile(String path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
    this.sha256 = digest(bytes);
  }

  /** A file of this many bytes. */
  static TrialFile of(String path, int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return new TrialFile(path, bytes);
  }

  /**
   * One file of several parts, and up to three small ones, one of which may be empty.
   *
   * @param partSize of the service, as it is set
   * @param crowd whether more of them shall be under way when something breaks
   */
  static List<TrialFile> some(Random random, int partSize, boolean crowd) {
    List<TrialFile> files = new ArrayList<>();
    for (int i = 0; i < (crowd ? CROWD : 1); i++) {
      int parts = 2 + random.nextInt(partSize > 2 << 20 ? 2 : MOST_PARTS);
      int size = partSize * (parts - 1) + 1 + random.nextInt(partSize);
      files.add(of(i == 0 ? "great.bin" : "great-" + i + ".bin", size, random.nextLong()));
    }
    int small = 1 + random.nextInt(3) + (crowd ? CROWD * CROWD : 0);
    for (int i = 0; i < small; i++) {
      files.add(of("small/" + i + ".bin", random.nextInt(SMALL), random.nextLong()));
    }
    return files;
  }

  /** Its path inside the version. */
  String path() {
    return path;
  }

  /** SHA-256 of its content, in hex. */
  String sha256() {
    return sha256;
  }

  /** Whether it is one of the small ones. */
  boolean isSmall() {
    return bytes.length <= SMALL;
  }

  int size() {
    return bytes.length;
  }

  /** The bytes of a part, which counts from 1. */
  byte[] part(int number, long partSize) {
    int from = Math.toIntExact((number - 1) * partSize);
    return Arrays.copyOfRange(bytes, from, (int) Math.min(bytes.length, from + partSize));
  }

  /** CRC-32C of a part, as the protocol writes it. */
  String crc32c(int number, long partSize) {
    CRC32C sum = new CRC32C();
    sum.update(part(number, partSize));
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return path + " (" + bytes.length + " bytes)";
  }
}
