package dev.sluice.upload.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A file's path in a version: Unicode in NFC, segments between single slashes, at most 1,024 bytes
 * of UTF-8. Never a path of a file system.
 *
 * @param value the normalised text
 */
public record FilePath(String value) {
  /** Bytes of UTF-8. */
  public static final int LONGEST = 1_024;

  private static final String RESERVED_FOLDER = "_sluice";

  public FilePath {
    Optional<String> fault = faultOf(value);
    if (fault.isPresent()) {
      throw new IllegalArgumentException("path '" + value + "': " + fault.get());
    }
  }

  /**
   * The path after normalisation.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static FilePath of(String text) {
    return new FilePath(Normalizer.normalize(text, Normalizer.Form.NFC));
  }

  /** What would be acceptable instead of this text; empty when it is fine as it is. */
  public static Optional<String> faultOf(String text) {
    String path = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (path.isBlank()) {
      return Optional.of("a path that is not empty");
    }
    if (path.getBytes(UTF_8).length > LONGEST) {
      return Optional.of("at most " + LONGEST + " bytes of UTF-8");
    }
    if (path.codePoints().anyMatch(FilePath::isForbidden)) {
      return Optional.of("no control, direction or unpaired surrogate characters and no backslash");
    }
    return faultOfSegments(path);
  }

  private static Optional<String> faultOfSegments(String path) {
    if (path.startsWith("/")) {
      return Optional.of("a relative path, without a slash in front");
    }
    if (path.matches("[A-Za-z]:.*")) {
      return Optional.of("a relative path, without a drive in front");
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
        return Optional.of("segments that are neither empty nor '.' nor '..'");
      }
    }
    return path.equals(RESERVED_FOLDER) || path.startsWith(RESERVED_FOLDER + "/")
        ? Optional.of("no folder '" + RESERVED_FOLDER + "': it is reserved")
        : Optional.empty();
  }

  private static boolean isForbidden(int c) {
    boolean turnsText = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    boolean noCharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return c == '\\'
        || turnsText
        || noCharacter
        || Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
  }

  /** Lower-case text behind the last dot of the name, without the dot; empty when none. */
  public String extension() {
    String name = value.substring(value.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** The folders this file lies in, from the outermost; none for a file at the top. */
  public List<String> folders() {
    List<String> folders = new ArrayList<>();
    for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', slash + 1)) {
      folders.add(value.substring(0, slash));
    }
    return List.copyOf(folders);
  }
}
