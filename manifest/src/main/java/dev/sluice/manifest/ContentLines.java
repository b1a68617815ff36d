package dev.sluice.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;

/** What digests are made of. */
final class ContentLines {
  private static final byte LEAF = 0;
  private static final byte INNER = 1;

  private ContentLines() {}

  static Digest digest(List<Entry> entries) {
    ByteSink lines = new ByteSink(64 + entries.size() * 160);
    lines.put(LEAF);
    for (Entry entry : entries) {
      lines.raw(entry.path().utf8());
      lines.put(0);
      lines.raw(Long.toString(entry.size()).getBytes(US_ASCII));
      lines.put(0);
      lines.hex(entry.sha256());
      lines.put(0);
      lines.raw(entry.mediaType().getBytes(UTF_8));
      lines.put('\n');
    }
    return lines.sha256();
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
