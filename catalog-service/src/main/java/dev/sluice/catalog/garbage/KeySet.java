package dev.sluice.catalog.garbage;

import java.util.random.RandomGenerator;

/**
 * Keys that are reached, in a size that does not grow with them: a Bloom filter. It never denies a
 * key that was added; it affirms a few that were not, other ones each time.
 */
final class KeySet {
  private static final int BITS_PER_KEY = 16;
  private static final int PROBES = 8;
  private static final long FEWEST = 1L << 20;

  private final long[] words;
  private final long bits;
  private final long seed;

  private KeySet(long bits, long seed) {
    this.words = new long[Math.toIntExact((bits + Long.SIZE - 1) / Long.SIZE)];
    this.bits = bits;
    this.seed = seed;
  }

  /** For about that many keys, in at most {@code mostBits}. */
  static KeySet forAbout(long keys, long mostBits) {
    long wanted = Math.max(FEWEST, keys * BITS_PER_KEY);
    return new KeySet(Math.min(wanted, mostBits), RandomGenerator.getDefault().nextLong());
  }

  void add(String key) {
    long first = hash(key, seed);
    long second = mixed(first) | 1;
    for (int i = 0; i < PROBES; i++) {
      long bit = Long.remainderUnsigned(first + i * second, bits);
      words[(int) (bit / Long.SIZE)] |= 1L << (bit % Long.SIZE);
    }
  }

  boolean has(String key) {
    long first = hash(key, seed);
    long second = mixed(first) | 1;
    for (int i = 0; i < PROBES; i++) {
      long bit = Long.remainderUnsigned(first + i * second, bits);
      if ((words[(int) (bit / Long.SIZE)] & 1L << (bit % Long.SIZE)) == 0) {
        return false;
      }
    }
    return true;
  }

  private static long hash(String key, long seed) {
    long hash = seed;
    for (int i = 0; i < key.length(); i++) {
      hash = mixed(hash + key.charAt(i));
    }
    return hash;
  }

  /** As SplitMix64 does it. */
  private static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
