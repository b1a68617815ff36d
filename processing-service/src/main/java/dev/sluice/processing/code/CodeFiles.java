package dev.sluice.processing.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.processing.reservation.InputFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The files of a working directory, named as the program sees them, in the order of their names.
 *
 * @param files paths are relative and stay below the directory
 */
public record CodeFiles(List<InputFile> files) {
  /** Ray's dashboard takes no larger package. */
  static final long MOST_BYTES = 100L << 20;

  private static final int MOST_FILES = 10_000;
  private static final Pattern PLAIN = Pattern.compile("[^\\p{Cntrl}\\\\]{1,1024}");

  public CodeFiles {
    files = List.copyOf(files);
  }

  /**
   * What lies below the folder that a manifest names.
   *
   * @param files of the version, all below the folder or the file itself
   * @throws CodeRefused when they are none, too many, too large, or not to be unpacked safely
   */
  public static CodeFiles below(InCatalog folder, List<InputFile> files) {
    if (files.isEmpty()) {
      throw new CodeRefused("working-dir-empty", "no file lies in " + folder.text());
    }
    long bytes = files.stream().mapToLong(InputFile::size).sum();
    if (bytes > MOST_BYTES || files.size() > MOST_FILES) {
      throw new CodeRefused(
          "working-dir-too-large",
          "%s has %d files and %d bytes; a working directory has at most %d files and %d bytes"
              .formatted(folder.text(), files.size(), bytes, MOST_FILES, MOST_BYTES));
    }
    return new CodeFiles(
        files.stream()
            .map(file -> file.at(checked(relative(folder, file.path()))))
            .sorted(Comparator.comparing(InputFile::path))
            .toList());
  }

  private static String relative(InCatalog folder, String path) {
    String prefix = folder.glob() == null ? "" : folder.glob().pattern().replaceAll("/+$", "");
    if (prefix.isEmpty()) {
      return path;
    }
    return path.equals(prefix)
        ? path.substring(path.lastIndexOf('/') + 1)
        : path.substring(prefix.length() + 1);
  }

  private static String checked(String path) {
    boolean stays =
        PLAIN.matcher(path).matches()
            && Arrays.stream(path.split("/", -1))
                .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
    if (!stays) {
      throw new CodeRefused(
          "working-dir-unsafe", "'" + path + "' is no plain path below a working directory");
    }
    return path;
  }

  /** Over names and contents, so that it is known before a byte is read; 64 hex digits. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files.forEach(
          file -> digest.update((file.sha256() + " " + file.path() + "\n").getBytes(UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
