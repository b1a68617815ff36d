package dev.sluice.manifest;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A range of a manifest: files, or ranges. Immutable; equal digests mean equal content. */
sealed interface Node {
  Digest digest();

  Summary summary();

  /** 0 for files, one more than its children otherwise. */
  int level();

  /** The greatest path in it. */
  PathKey last();

  /**
   * Files in the order of their paths. Its digest is SHA-256 over a zero byte and, for each file,
   * {@code path NUL size NUL sha256 NUL mediaType LF}.
   */
  final class Leaf implements Node {
    static final Leaf EMPTY = Leaf.of(List.of());

    private final Digest digest;
    private final @Nullable Packed packed;
    private @Nullable List<Entry> entries;

    private Leaf(Digest digest, @Nullable Packed packed, @Nullable List<Entry> entries) {
      this.digest = digest;
      this.packed = packed;
      this.entries = entries;
    }

    /**
     * A leaf as it is stored.
     *
     * @param whole in bytes
     * @param deltas what leads from there to this one, in this order
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares.
    record Packed(byte[] whole, List<Delta> deltas) {
      private List<Entry> entries() {
        List<Entry> found = NodeCodec.entries(whole);
        for (Delta delta : deltas) {
          found = delta.appliedTo(found);
        }
        return found;
      }
    }

    static Leaf of(List<Entry> entries) {
      return new Leaf(ContentLines.digest(entries), null, entries);
    }

    static Leaf stored(Digest digest, Packed packed) {
      return new Leaf(digest, packed, null);
    }

    /** As it is stored; null when it was made of entries. */
    @Nullable Packed packed() {
      return packed;
    }

    /** Its files; those of a stored leaf are made at the first call. */
    List<Entry> entries() {
      List<Entry> made = entries;
      if (made == null) {
        made = Objects.requireNonNull(packed, "a leaf has entries or bytes").entries();
        entries = made;
      }
      return made;
    }

    /** The first file at or behind a key; null when there is none. */
    @Nullable Entry ceiling(PathKey key) {
      if (entries == null && packed != null && packed.deltas().isEmpty()) {
        return LeafSearch.ceiling(packed.whole(), key);
      }
      int index = rank(key);
      return index == entries().size() ? null : entries().get(index);
    }

    /** The file of that path; null when there is none. No other is made of a stored leaf. */
    @Nullable Entry find(PathKey path) {
      if (entries == null && packed != null) {
        for (Delta delta : packed.deltas().reversed()) {
          Difference difference = delta.of(path);
          if (difference != null) {
            return Delta.after(difference);
          }
        }
      }
      Entry entry =
          entries == null && packed != null
              ? LeafSearch.ceiling(packed.whole(), path)
              : ceiling(path);
      return entry != null && entry.path().equals(path) ? entry : null;
    }

    /** How many files come before a key. */
    int rank(PathKey key) {
      List<Entry> all = entries();
      int low = 0;
      int high = all.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (all.get(middle).path().compareTo(key) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    @Override
    public Digest digest() {
      return digest;
    }

    @Override
    public Summary summary() {
      return Summary.of(entries());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Leaf leaf && digest.equals(leaf.digest);
    }

    @Override
    public int hashCode() {
      return digest.hashCode();
    }

    @Override
    public int level() {
      return 0;
    }

    @Override
    public PathKey last() {
      return entries().getLast().path();
    }
  }

  /**
   * Ranges in the order of their paths.
   *
   * @param digest SHA-256 over a one byte and the digests of its children
   */
  record Inner(int level, List<Child> children, Digest digest, Summary summary) implements Node {
    static Inner of(int level, List<Child> children) {
      return new Inner(
          level, children, ContentLines.digestOf(children), Summary.ofChildren(children));
    }

    @Override
    public PathKey last() {
      return children.getLast().last();
    }
  }
}
