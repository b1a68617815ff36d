package dev.sluice.upload.file;

import java.util.regex.Pattern;

/**
 * What a file holds, as far as two numbers can say it.
 *
 * @param size bytes, not negative
 * @param sha256 64 lower-case hex digits
 */
public record FileContent(long size, String sha256) {
  /** What {@link #sha256} looks like, in words. */
  public static final String SHA256_FORM = "64 lower-case hexadecimal digits";

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public FileContent {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative: " + size);
    }
    if (!isSha256(sha256)) {
      throw new IllegalArgumentException("sha256 must be " + SHA256_FORM + ": " + sha256);
    }
  }

  /** Whether the text is a SHA-256 in our form. */
  public static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }
}
