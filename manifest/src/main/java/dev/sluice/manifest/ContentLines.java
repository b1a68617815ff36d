package dev.sluice.manifest;

import java.security.MessageDigest;
import java.util.List;

/** What digests are made of. */
final class ContentLines {
  private static final byte LEAF = 0;
  private static final byte INNER = 1;

  private ContentLines() {}

  static Digest digest(List<Entry> entries) {
    ByteSink lines = begin(entries.size());
    for (Entry entry : entries) {
      add(lines, entry);
    }
    return lines.sha256();
  }

  static void add(ByteSink lines, Entry entry) {
    lines.raw(entry.path().utf8());
    lines.put(0);
    lines.decimal(entry.size());
    lines.put(0);
    lines.hex(entry.sha256());
    lines.put(0);
    lines.again(entry.mediaType());
    lines.put('\n');
  }

  /** The lines of a leaf of about that many files, of which none is there yet. */
  static ByteSink begin(int files) {
    ByteSink lines = new ByteSink(64 + files * 160);
    lines.put(LEAF);
    return lines;
  }

  static Digest digestOf(List<Child> children) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(INNER);
    for (Child child : children) {
      child.digest().update(sha256);
    }
    return Digest.wrap(sha256.digest());
  }
}
