package dev.sluice.manifest;

/**
 * Where a range ends. It depends on paths alone, not on what was there before nor on what the files
 * contain: an edit moves no border but its own, and equal content makes equal ranges.
 *
 * <p>An item ends its range when the hash of its path says so (probability 1/{@code odds}) and the
 * range has {@code least} items, or when it has {@code most}: nobody can choose paths that make
 * ranges tiny or endless. The hash is FNV-1a over the path's bytes, 64 bits, mixed with the level
 * by the finalizer of MurmurHash3.
 */
enum Chunking {
  /** Ranges of files, 288 on average. */
  LEAF(32, 256, 1_024),
  /** Ranges of ranges, 144 on average. */
  INNER(16, 128, 512);

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final int least;
  private final int odds;
  private final int most;

  Chunking(int least, int odds, int most) {
    this.least = least;
    this.odds = odds;
    this.most = most;
  }

  static Chunking of(int level) {
    return level == 0 ? LEAF : INNER;
  }

  /** Whether a range of {@code count} items, of which this key is the last one, ends here. */
  boolean ends(PathKey last, int level, int count) {
    return ends(last.utf8(), last.utf8().length, level, count);
  }

  /** As above, for a path that is so many of these bytes. */
  boolean ends(byte[] last, int length, int level, int count) {
    return count >= least && (count >= most || (hash(last, length, level) & (odds - 1)) == 0);
  }

  private static long hash(byte[] path, int length, int level) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ (path[i] & 0xff)) * FNV_PRIME;
    }
    hash += level * GOLDEN;
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
