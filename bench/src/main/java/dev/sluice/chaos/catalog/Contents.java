package dev.sluice.chaos.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The bytes that files of trials have, each content a number. */
final class Contents {
  /** How many contents every project holds from its beginning. */
  static final int COUNT = 6;

  static final String MEDIA_TYPE = "text/plain";

  private Contents() {}

  static byte[] bytes(int content) {
    return "content %d ".formatted(content).repeat(1 + content % 7).getBytes(UTF_8);
  }

  static int size(int content) {
    return bytes(content).length;
  }

  static String sha256(int content) {
    return sha256(bytes(content));
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
