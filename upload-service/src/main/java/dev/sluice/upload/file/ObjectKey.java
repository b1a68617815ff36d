package dev.sluice.upload.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Where a file's object lies in its project's bucket: {@code dataset/<dataset>/<version>/<path>}.
 *
 * <p>A path that a store could not take as a key (S3 allows 1,024 bytes, file systems behind some
 * stores 255 a segment) is replaced by its SHA-256; the ledger keeps the path itself.
 *
 * @param value at most 1,024 bytes of UTF-8
 */
public record ObjectKey(String value) {
  /** What the keys of unproved single PUTs begin with. */
  public static final String STAGING = "staging/";

  private static final int LONGEST = 960;
  private static final int LONGEST_SEGMENT = 180;
  private static final int LONGEST_EXTENSION = 16;
  private static final int SUFFIX_DIGITS = 8;

  /** The key of a path that no other upload has. */
  public static ObjectKey of(String dataset, String version, FilePath path) {
    String prefix = "dataset/" + dataset + "/" + version + "/";
    String plain = prefix + path.value();
    return new ObjectKey(isPortable(plain) ? plain : prefix + "~" + digested(path));
  }

  /** Where the bytes of a single PUT wait until they are proved. */
  public static ObjectKey staging(UUID uploadId) {
    return new ObjectKey(STAGING + uploadId);
  }

  /**
   * The key to use when this one is taken: the last digits of the upload's id before the extension.
   */
  public ObjectKey distinct(UUID uploadId) {
    String id = uploadId.toString();
    String suffix = "~" + id.substring(id.length() - SUFFIX_DIGITS);
    int name = value.lastIndexOf('/') + 1;
    int dot = value.lastIndexOf('.');
    int at = dot > name ? dot : value.length();
    return new ObjectKey(value.substring(0, at) + suffix + value.substring(at));
  }

  private static boolean isPortable(String key) {
    for (String segment : key.split("/", -1)) {
      if (segment.getBytes(UTF_8).length > LONGEST_SEGMENT) {
        return false;
      }
    }
    return key.getBytes(UTF_8).length <= LONGEST;
  }

  private static String digested(FilePath path) {
    String extension = path.extension();
    boolean keep = !extension.isEmpty() && extension.length() <= LONGEST_EXTENSION;
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      String digest = HexFormat.of().formatHex(sha256.digest(path.value().getBytes(UTF_8)));
      return keep ? digest + "." + extension : digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
