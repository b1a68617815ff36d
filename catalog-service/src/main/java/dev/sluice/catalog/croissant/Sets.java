package dev.sluice.catalog.croissant;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.catalog.file.ManifestLines;
import dev.sluice.catalog.file.VersionFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What many files have in common: their manifest's digest, and how those of a type are called. */
final class Sets {
  private static final int MOST_TYPES = 200;
  private static final int MOST_PATTERNS = 40;
  private static final String ALL = "**";

  private final MessageDigest digest = sha256Digest();
  private final Map<String, SortedSet<String>> patterns = new TreeMap<>();
  private long bytes;

  /** Takes the next files of the version. */
  void add(List<VersionFile> files) {
    byte[] lines = ManifestLines.of(files);
    digest.update(lines);
    digest.update("\n".getBytes(UTF_8));
    bytes += lines.length + 1L;
    for (VersionFile file : files) {
      if (patterns.size() < MOST_TYPES || patterns.containsKey(file.mediaType())) {
        add(patterns.computeIfAbsent(file.mediaType(), type -> new TreeSet<>()), file.path());
      }
    }
  }

  private static void add(SortedSet<String> of, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    if (of.contains(ALL)) {
      return;
    }
    if (dot <= 0 || of.size() >= MOST_PATTERNS) {
      of.clear();
      of.add(ALL);
      return;
    }
    String ending = name.substring(dot);
    of.add("*" + ending);
    of.add("**/*" + ending);
  }

  /** Of the manifest; ends the reading. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  long bytes() {
    return bytes;
  }

  /** Globs by media type. */
  Map<String, SortedSet<String>> patterns() {
    return patterns;
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
