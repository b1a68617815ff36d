package dev.sluice.manifest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a whole leaf are in its bytes, as far as every {@value #EVERY}th one: who asks
 * for one of them needs a few of these bytes.
 */
final class LeafIndex {
  private static final int EVERY = 64;
  private static final int OWN_BYTES = 320;

  private final long mark;
  private final int files;
  private final EntryCodec.Reader reader;
  private final int[] starts;
  private final byte[][] before;

  private LeafIndex(long mark, int files, EntryCodec.Reader reader, int[] starts, byte[][] before) {
    this.mark = mark;
    this.files = files;
    this.reader = reader;
    this.starts = starts;
    this.before = before;
  }

  /**
   * The index of a leaf.
   *
   * @param mark what its bytes are known by
   */
  static LeafIndex of(byte[] leaf, long mark) {
    ByteSource in = new ByteSource(leaf);
    NodeCodec.expect(NodeCodec.LEAF, in.next());
    EntryCodec.Reader reader = new EntryCodec.Reader(in);
    int files = in.count();
    int parts = (files + EVERY - 1) / EVERY;
    int[] starts = new int[parts + 1];
    byte[][] before = new byte[parts][];
    byte[] path = new byte[256];
    int length = 0;
    for (int i = 0; i < files; i++) {
      if (i % EVERY == 0) {
        starts[i / EVERY] = in.at();
        before[i / EVERY] = Arrays.copyOf(path, length);
      }
      int shared = in.count();
      int more = in.count();
      length = shared + more;
      if (length > path.length) {
        path = Arrays.copyOf(path, 2 * length);
      }
      in.copyTo(path, shared, more);
      reader.skipBody();
    }
    starts[parts] = in.at();
    return new LeafIndex(mark, files, reader.without(), starts, before);
  }

  long mark() {
    return mark;
  }

  /** Bytes of memory that it takes, about. */
  int weight() {
    int weight = OWN_BYTES + 4 * starts.length;
    for (byte[] path : before) {
      weight += 28 + path.length;
    }
    return weight;
  }

  /** The part that has the path, when the leaf has it. */
  int partOf(PathKey path) {
    int low = 0;
    int high = before.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (Arrays.compareUnsigned(before[middle], path.utf8()) < 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The first byte of a part; that of the next one is the end of it. */
  int start(int part) {
    return starts[part];
  }

  /** The file of that path, by the bytes of the part that has it; null when there is none. */
  @Nullable Entry find(int part, byte[] bytes, PathKey path) {
    int count = Math.min(EVERY, files - part * EVERY);
    int same = ByteSource.alike(before[part], path.utf8());
    ByteSource in = new ByteSource(bytes);
    Entry entry = LeafSearch.ceiling(in, reader.of(in), count, path.utf8(), same);
    return entry != null && entry.path().equals(path) ? entry : null;
  }
}
