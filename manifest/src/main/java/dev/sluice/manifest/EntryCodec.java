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
    private @Nullable String lastType;
    private int lastTypeNumber;
    private @Nullable String lastPrefix;
    private int lastPrefixNumber;

    /** Makes the strings of an entry known. */
    void learn(Entry entry) {
      learn(entry.mediaType());
      if (entry.at().beforePath()) {
        prefix(entry.at().text());
      }
    }

    void learn(String mediaType) {
      mediaType(mediaType);
    }

    private int prefix(String text) {
      if (!text.equals(lastPrefix)) {
        prefixes.putIfAbsent(text, prefixes.size());
        lastPrefix = text;
        lastPrefixNumber = prefixes.getOrDefault(text, 0);
      }
      return lastPrefixNumber;
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
      out.raw(entry.sha256());
      out.varint(mediaType(entry.mediaType()));
    }

    int mediaType(String mediaType) {
      if (!mediaType.equals(lastType)) {
        mediaTypes.putIfAbsent(mediaType, mediaTypes.size());
        lastType = mediaType;
        lastTypeNumber = mediaTypes.getOrDefault(mediaType, 0);
      }
      return lastTypeNumber;
    }

    /** All but the path. */
    void body(ByteSink out, Entry entry) {
      content(out, entry);
      int flags =
          (entry.crc32c() == Entry.UNKNOWN ? 0 : HAS_CRC)
              | (entry.rows() == Entry.UNKNOWN ? 0 : HAS_ROWS);
      long known = entry.at().beforePath() ? prefix(entry.at().text()) + 1L : 0;
      out.varint(known << FLAGS | flags);
      if (known == 0) {
        out.text(entry.at().text());
      }
      if (entry.crc32c() != Entry.UNKNOWN) {
        out.varint(entry.crc32c());
      }
      if (entry.rows() != Entry.UNKNOWN) {
        out.varint(entry.rows());
      }
    }
  }

  /** Reads what {@link Writer} wrote. */
  static final class Reader {
    private final ByteSource in;
    private final List<String> mediaTypes;
    private final List<ObjectKey> prefixes;

    Reader(ByteSource in) {
      this.in = in;
      this.mediaTypes = texts();
      this.prefixes = texts().stream().map(text -> new ObjectKey(text, true)).toList();
    }

    private Reader(ByteSource in, List<String> mediaTypes, List<ObjectKey> prefixes) {
      this.in = in;
      this.mediaTypes = mediaTypes;
      this.prefixes = prefixes;
    }

    /** Reads on in other bytes of the same node. */
    Reader of(ByteSource other) {
      return new Reader(other, mediaTypes, prefixes);
    }

    /** Keeps what is written in front, not the bytes. */
    Reader without() {
      return of(new ByteSource(new byte[0]));
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

    /** Goes past all but the path. */
    void skipBody() {
      in.varint();
      in.skip(Digest.LENGTH);
      in.varint();
      skipPlace();
    }

    /** Goes past what follows a media type; the rows that are there, or {@link Entry#UNKNOWN}. */
    long skipPlace() {
      int word = in.count();
      if (word >> FLAGS == 0) {
        in.skip(in.count());
      }
      if ((word & HAS_CRC) != 0) {
        in.varint();
      }
      return (word & HAS_ROWS) == 0 ? Entry.UNKNOWN : in.varint();
    }

    Entry body(PathKey path) {
      long size = in.varint();
      Digest sha256 = in.digest();
      String mediaType = mediaType();
      int word = in.count();
      int prefix = word >> FLAGS;
      ObjectKey key = prefix == 0 ? new ObjectKey(in.text(), false) : prefixes.get(prefix - 1);
      long crc = (word & HAS_CRC) == 0 ? Entry.UNKNOWN : in.varint();
      long rows = (word & HAS_ROWS) == 0 ? Entry.UNKNOWN : in.varint();
      return new Entry(path, size, sha256, mediaType, key, crc, rows);
    }
  }
}
