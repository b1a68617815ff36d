package dev.sluice.upload.file;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * CRC-32C (Castagnoli). Of a part in the form of S3's {@code x-amz-checksum-crc32c}: Base64 of four
 * bytes, the highest first. Of a file as manifests have it: eight hex digits.
 */
public final class Crc32c {
  /** What the text looks like, in words. */
  public static final String FORM =
      "Base64 of a CRC-32C in four bytes, big-endian, as in 'AAAAAA=='";

  private Crc32c() {}

  /** Of what a running sum has seen. */
  public static String text(CRC32C sum) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Of a file, as manifests write it: 8 lower-case hex digits. */
  public static String hex(CRC32C sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** Whether the text has the form. */
  public static boolean isCrc32c(String text) {
    try {
      return text.length() == 8 && Base64.getDecoder().decode(text).length == Integer.BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
