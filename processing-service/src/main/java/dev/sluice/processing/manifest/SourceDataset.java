package dev.sluice.processing.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The dataset that the files of an outside source are imported to before a run reads them. */
public final class SourceDataset {
  private static final String SUFFIX = "-source";
  private static final int LONGEST = 40;
  private static final int DIGITS = 8;

  private SourceDataset() {}

  /** {@code <name>-source}; a name too long for that is cut and told apart by a digest. */
  static String nameFor(String manifest) {
    if (manifest.length() + SUFFIX.length() <= LONGEST) {
      return manifest + SUFFIX;
    }
    int kept = LONGEST - SUFFIX.length() - 1 - DIGITS;
    return manifest.substring(0, kept) + "-" + digest(manifest).substring(0, DIGITS) + SUFFIX;
  }

  /** The folder of that dataset for files of one address, so that those of two never meet. */
  public static String folderFor(SourceUrl.Outside url) {
    return digest(url.text()).substring(0, 2 * DIGITS);
  }

  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
