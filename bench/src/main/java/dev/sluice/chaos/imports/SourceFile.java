package dev.sluice.chaos.imports;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** A file that the source serves, well or badly; its content follows from its seed. */
final class SourceFile {
  private final byte[] before;
  private final byte[] after;
  private final Trouble trouble;
  private final int well;
  private final int badly;
  private final AtomicInteger answers = new AtomicInteger();
  private volatile boolean changed;
  private volatile boolean behaves;

  private SourceFile(byte[] before, byte[] after, Trouble trouble, int well, int badly) {
    this.before = before;
    this.after = after;
    this.trouble = trouble;
    this.well = well;
    this.badly = badly;
  }

  /** A file with this content. */
  static SourceFile of(byte[] bytes) {
    return new SourceFile(bytes, bytes, Trouble.NONE, 0, 0);
  }

  /**
   * A file of this many bytes.
   *
   * @param well answers before the trouble begins
   * @param badly answers that go wrong
   */
  static SourceFile of(int size, Trouble trouble, int well, int badly, Random random) {
    int later = trouble == Trouble.GROWS ? size + 1 + random.nextInt(1 << 20) : size;
    return new SourceFile(bytes(size, random), bytes(later, random), trouble, well, badly);
  }

  private static byte[] bytes(int size, Random random) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /** What is done wrong with the next answer that brings bytes. */
  Trouble next() {
    int number = answers.getAndIncrement();
    if (behaves || number < well || number >= well + badly) {
      return Trouble.NONE;
    }
    if (trouble == Trouble.CHANGES || trouble == Trouble.GROWS) {
      changed = true;
      return Trouble.NONE;
    }
    return trouble;
  }

  Trouble trouble() {
    return trouble;
  }

  /** Nothing goes wrong from now on. */
  void behave() {
    behaves = true;
  }

  /** The content at this moment. */
  byte[] now() {
    return changed ? after : before;
  }

  String etag() {
    return "\"" + sha256(now()).substring(0, 16) + "\"";
  }

  /** Whether these are the bytes of one of its contents, whole. */
  boolean served(String sha256, long size) {
    return is(before, sha256, size) || (changed && is(after, sha256, size));
  }

  /** Whether these are the bytes that it has in the end. */
  boolean ended(String sha256, long size) {
    return is(now(), sha256, size);
  }

  private static boolean is(byte[] content, String sha256, long size) {
    return content.length == size && sha256(content).equals(sha256);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
