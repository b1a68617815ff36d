package dev.sluice.manifest;

import java.util.Arrays;

/** Goes through a whole leaf in bytes, without making its entries. */
final class LeafCursor {
  private final ByteSource in;
  private final EntryCodec.Reader reader;
  private int left;
  private byte[] path = new byte[256];
  private int pathLength;
  private int contentAt;
  private long size;
  private int sha256At;
  private String mediaType = "";
  private long rows;

  LeafCursor(byte[] body) {
    in = new ByteSource(body);
    NodeCodec.expect(NodeCodec.LEAF, in.next());
    reader = new EntryCodec.Reader(in);
    left = in.count();
  }

  /** Files from here on, this one not included. */
  int left() {
    return left;
  }

  /** Goes to the next file; false when there is none. */
  boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    int shared = in.count();
    int more = in.count();
    pathLength = shared + more;
    if (pathLength > path.length) {
      path = Arrays.copyOf(path, 2 * pathLength);
    }
    in.copyTo(path, shared, more);
    contentAt = in.at();
    size = in.varint();
    sha256At = in.at();
    in.skip(Digest.LENGTH);
    mediaType = reader.mediaType();
    rows = reader.skipPlace();
    return true;
  }

  int compareTo(PathKey key) {
    return Arrays.compareUnsigned(path, 0, pathLength, key.utf8(), 0, key.utf8().length);
  }

  /** Whether a range of {@code count} files, of which this is the last one, ends here. */
  boolean ends(int count) {
    return Chunking.LEAF.ends(path, pathLength, 0, count);
  }

  PathKey path() {
    return PathKey.wrap(Arrays.copyOf(path, pathLength));
  }

  Entry entry() {
    int after = in.at();
    in.back(contentAt);
    Entry entry = reader.body(path());
    in.back(after);
    return entry;
  }

  /** Writes its line for the leaf's digest, and counts it. */
  void tell(ByteSink lines, Summary.Sums sums) {
    lines.raw(path, 0, pathLength);
    lines.put(0);
    lines.decimal(size);
    lines.put(0);
    lines.hex(in.bytes(), sha256At);
    lines.put(0);
    lines.again(mediaType);
    lines.put('\n');
    sums.file(mediaType, size, rows, in.head(sha256At));
  }
}
