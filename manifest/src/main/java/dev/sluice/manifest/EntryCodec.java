package dev.sluice.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the parts of entries are written: media types by number; an object key that ends with its
 * path as the number of what stands before.
 */
final class EntryCodec {
  private static final int HAS_CRC = 1;
  private static final int HAS_ROWS = 2;
  private static final int FLAGS = 2;

  private EntryCodec() {}

  /** Writes entries; what they name again and again is written once, in front. */
  static final class Writer {
    private final Map<String, Integer> mediaTypes = new LinkedHashMap<>();
    private final Map<String, Integer> prefixes = new LinkedHashMap<>();

    /** Makes the strings of an entry known. */
    void learn(Entry entry) {
      learn(entry.mediaType());
      String prefix = prefix(entry);
      if (prefix != null) {
        prefixes.putIfAbsent(prefix, prefixes.size());
      }
    }

    void learn(String mediaType) {
      mediaTypes.putIfAbsent(mediaType, mediaTypes.size());
    }

    void header(ByteSink out) {
      out.varint(mediaTypes.size());
      mediaTypes.keySet().forEach(out::text);
      out.varint(prefixes.size());
      prefixes.keySet().forEach(out::text);
    }

    /** Size, SHA-256 and media type. */
    void content(ByteSink out, Entry entry) {
      out.varint(entry.size());
      out.raw(entry.sha256().bytes());
      out.varint(mediaType(entry.mediaType()));
    }

    int mediaType(String mediaType) {
      return mediaTypes.getOrDefault(mediaType, 0);
    }

    /** All but the path. */
    void body(ByteSink out, Entry entry) {
      content(out, entry);
      int flags =
          (entry.crc32c() == Entry.UNKNOWN ? 0 : HAS_CRC)
              | (entry.rows() == Entry.UNKNOWN ? 0 : HAS_ROWS);
      String prefix = prefix(entry);
      Integer known = prefix == null ? null : prefixes.get(prefix);
      out.varint((known == null ? 0L : known + 1L) << FLAGS | flags);
      if (known == null) {
        out.text(entry.objectKey());
      }
      if (entry.crc32c() != Entry.UNKNOWN) {
        out.varint(entry.crc32c());
      }
      if (entry.rows() != Entry.UNKNOWN) {
        out.varint(entry.rows());
      }
    }

    private static @Nullable String prefix(Entry entry) {
      String path = entry.path().toString();
      String key = entry.objectKey();
      return key.endsWith(path) ? key.substring(0, key.length() - path.length()) : null;
    }
  }

  /** Reads what {@link Writer} wrote. */
  static final class Reader {
    private final ByteSource in;
    private final List<String> mediaTypes;
    private final List<String> prefixes;

    Reader(ByteSource in) {
      this.in = in;
      this.mediaTypes = texts();
      this.prefixes = texts();
    }

    private List<String> texts() {
      int count = in.count();
      List<String> texts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        texts.add(in.text().intern());
      }
      return texts;
    }

    String mediaType() {
      return mediaTypes.get(in.count());
    }

    Content content() {
      return new Content(in.varint(), in.digest(), mediaType());
    }

    Entry body(PathKey path) {
      long size = in.varint();
      Digest sha256 = in.digest();
      String mediaType = mediaType();
      int word = in.count();
      int prefix = word >> FLAGS;
      String key = prefix == 0 ? in.text() : prefixes.get(prefix - 1) + path;
      long crc = (word & HAS_CRC) == 0 ? Entry.UNKNOWN : in.varint();
      long rows = (word & HAS_ROWS) == 0 ? Entry.UNKNOWN : in.varint();
      return new Entry(path, size, sha256, mediaType, key, crc, rows);
    }
  }
}
