package dev.sluice.manifest;

import java.util.List;

/** A range of a manifest: files, or ranges. Immutable; equal digests mean equal content. */
sealed interface Node {
  Digest digest();

  Summary summary();

  /** 0 for files, one more than its children otherwise. */
  int level();

  /** The greatest path in it. */
  PathKey last();

  /**
   * Files in the order of their paths.
   *
   * @param digest SHA-256 over a zero byte and, for each file, {@code path NUL size NUL sha256 NUL
   *     mediaType LF}
   */
  record Leaf(List<Entry> entries, Digest digest) implements Node {
    static final Leaf EMPTY = Leaf.of(List.of());

    static Leaf of(List<Entry> entries) {
      return new Leaf(entries, ContentLines.digest(entries));
    }

    @Override
    public Summary summary() {
      return Summary.of(entries);
    }

    @Override
    public int level() {
      return 0;
    }

    @Override
    public PathKey last() {
      return entries.getLast().path();
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
