package dev.sluice.upload.file;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file holds, as far as it is known.
 *
 * @param size bytes, not negative
 * @param sha256 64 lower-case hex digits; empty until the client has told it or it was read back
 */
public record FileContent(long size, Optional<String> sha256) {
  /** What {@link #sha256} looks like, in words. */
  public static final String SHA256_FORM = "64 lower-case hexadecimal digits";

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public FileContent {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative: " + size);
    }
    if (sha256.isPresent() && !isSha256(sha256.get())) {
      throw new IllegalArgumentException("sha256 must be " + SHA256_FORM + ": " + sha256.get());
    }
  }

  /** Content whose digest is known. */
  public static FileContent of(long size, String sha256) {
    return new FileContent(size, Optional.of(sha256));
  }

  /** Content whose digest nobody has told yet. */
  public static FileContent ofUnknownDigest(long size) {
    return new FileContent(size, Optional.empty());
  }

  /** Whether the text is a SHA-256 in our form. */
  public static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }

  /** Whether it is known that both hold the same bytes. */
  public boolean isSameAs(FileContent other) {
    return size == other.size && sha256.isPresent() && sha256.equals(other.sha256);
  }

  /** Whether nothing that is known tells them apart. */
  public boolean mayBe(FileContent other) {
    return size == other.size
        && (sha256.isEmpty() || other.sha256.isEmpty() || sha256.equals(other.sha256));
  }

  /** The same content with what the other one knows. */
  public FileContent or(FileContent other) {
    return sha256.isPresent() ? this : new FileContent(size, other.sha256);
  }
}
