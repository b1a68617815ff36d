package dev.sluice.manifest;

import org.jspecify.annotations.Nullable;

/**
 * Finds a file in a whole leaf in bytes. Paths are written as what they do not share with the one
 * before, so most are known to be before the key by one number, and nothing is copied.
 */
final class LeafSearch {
  private LeafSearch() {}

  /** The first file at or behind a key; null when there is none. */
  static @Nullable Entry ceiling(byte[] leaf, PathKey key) {
    ByteSource in = new ByteSource(leaf);
    NodeCodec.expect(NodeCodec.LEAF, in.next());
    EntryCodec.Reader reader = new EntryCodec.Reader(in);
    return ceiling(in, reader, in.count(), key.utf8(), 0);
  }

  /**
   * As above, among the next files.
   *
   * @param common how many bytes the path before them, which is less, has in common with the key
   */
  static @Nullable Entry ceiling(
      ByteSource in, EntryCodec.Reader reader, int files, byte[] wanted, int common) {
    int same = common;
    for (int left = files; left > 0; left--) {
      int shared = in.count();
      int more = in.count();
      boolean found = shared < same;
      if (shared == same) {
        int alike = in.alike(more, wanted, same);
        found = isAtOrBehind(in, alike, more, wanted, same + alike);
        same += alike;
      }
      if (found) {
        return reader.body(in.pathAfter(wanted, shared, more));
      }
      in.skip(more);
      reader.skipBody();
    }
    return null;
  }

  /** Whether bytes that agree with the key up to there are the key or come behind it. */
  private static boolean isAtOrBehind(ByteSource in, int alike, int more, byte[] wanted, int upTo) {
    if (upTo == wanted.length) {
      return true;
    }
    return alike < more && in.peek(alike) > (wanted[upTo] & 0xff);
  }
}
