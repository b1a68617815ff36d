package dev.sluice.manifest;

import java.util.List;
import java.util.TreeMap;

/**
 * The contents with the smallest digests below a node, and how many files have each: a bottom-k
 * sketch. Samples of two nodes make the sample of both without a look at their files.
 *
 * @param limit contents whose first eight bytes of SHA-256 are at most that, unsigned, belong to
 *     the sample. A leaf starts with one content of 256; where more than 256 gather, it falls
 * @param contents ascending
 */
public record Sample(long limit, List<Held> contents) {
  private static final int MOST = 256;
  private static final int ONE_OF = 256;

  /** The limit of a leaf's sample. */
  static final long WIDEST = Long.divideUnsigned(-1L, ONE_OF);

  public Sample {
    contents = List.copyOf(contents);
  }

  /** A leaf's sample while files come. */
  static final class Draw {
    private final TreeMap<Long, Long> found = new TreeMap<>(Long::compareUnsigned);

    /** Takes a content by the first eight bytes of its SHA-256. */
    void take(long head) {
      if (Long.compareUnsigned(head, WIDEST) <= 0) {
        found.merge(head, 1L, Long::sum);
      }
    }

    Sample sample() {
      return of(WIDEST, found);
    }
  }

  static Sample ofChildren(List<Child> children) {
    long limit = WIDEST;
    for (Child child : children) {
      long other = child.summary().sample().limit;
      limit = Long.compareUnsigned(other, limit) < 0 ? other : limit;
    }
    TreeMap<Long, Long> found = new TreeMap<>(Long::compareUnsigned);
    for (Child child : children) {
      for (Held held : child.summary().sample().contents) {
        if (Long.compareUnsigned(held.head(), limit) <= 0) {
          found.merge(held.head(), held.files(), Long::sum);
        }
      }
    }
    return of(limit, found);
  }

  private static Sample of(long limit, TreeMap<Long, Long> found) {
    while (found.size() > MOST) {
      found.pollLastEntry();
    }
    long reached = found.size() == MOST ? found.lastKey() : limit;
    return new Sample(
        reached, found.entrySet().stream().map(e -> new Held(e.getKey(), e.getValue())).toList());
  }

  /** The share of files, 0 to 1, that could be spared because another has the same bytes. */
  public double spare() {
    long files = contents.stream().mapToLong(Held::files).sum();
    return files == 0 ? 0 : 1 - (double) contents.size() / files;
  }

  /**
   * A content of the sample.
   *
   * @param head first eight bytes of its SHA-256
   * @param files how many have it
   */
  public record Held(long head, long files) {}
}
