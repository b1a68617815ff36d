package dev.sluice.manifest;

import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Difference.Changed;
import dev.sluice.manifest.Difference.Removed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A leaf as what differs from another: what a version of a few random edits costs in storage.
 *
 * @param depth deltas from here to the whole leaf, this one included
 * @param chained bytes of these deltas
 * @param whole bytes of the whole leaf
 */
record Delta(int depth, long chained, long whole, List<Difference> differences) {
  private static final int DEEPEST = 32;

  /** As how the leaf {@code stored} is written, and what it cost so far. */
  record Chain(int depth, long chained, long whole) {}

  /**
   * The leaf as a delta of another, in bytes; null when it is better written whole: deltas would
   * chain deeper than {@value #DEEPEST}, or weigh more than the whole leaf they lead to.
   */
  static byte @Nullable [] encode(List<Entry> from, Chain stored, List<Entry> to) {
    return stored.depth() == DEEPEST ? null : encode(stored, between(from, to), to.size());
  }

  /** As above, of a leaf of {@code files} with these differences. */
  static byte @Nullable [] encode(Chain stored, List<Difference> differences, int files) {
    if (stored.depth() == DEEPEST || differences.size() * 4 > files) {
      return null;
    }
    byte[] body = NodeCodec.encode(new Delta(DEEPEST, Long.MAX_VALUE, Long.MAX_VALUE, differences));
    long chained = stored.chained() + body.length;
    return chained > stored.whole()
        ? null
        : NodeCodec.encode(new Delta(stored.depth() + 1, chained, stored.whole(), differences));
  }

  /** Differences of sorted entries, in the order of paths. Where an object lies counts too. */
  static List<Difference> between(List<Entry> from, List<Entry> to) {
    List<Difference> differences = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < from.size() || j < to.size()) {
      int order =
          i == from.size()
              ? 1
              : j == to.size() ? -1 : from.get(i).path().compareTo(to.get(j).path());
      if (order < 0) {
        Entry gone = from.get(i++);
        differences.add(new Removed(gone.path(), Content.of(gone)));
      } else if (order > 0) {
        differences.add(new Added(to.get(j++)));
      } else {
        Entry old = from.get(i++);
        Entry now = to.get(j++);
        if (!old.equals(now)) {
          differences.add(new Changed(now, Content.of(old)));
        }
      }
    }
    return differences;
  }

  /** What it does to a path; null when nothing. */
  @Nullable Difference of(PathKey path) {
    for (Difference difference : differences) {
      if (difference.path().equals(path)) {
        return difference;
      }
    }
    return null;
  }

  /** What a path is after that; null when it is not there. */
  static @Nullable Entry after(Difference difference) {
    return switch (difference) {
      case Added a -> a.entry();
      case Changed c -> c.entry();
      case Removed r -> null;
    };
  }

  /** The leaf's entries, from those of the leaf it differs from. */
  List<Entry> appliedTo(List<Entry> base) {
    List<Entry> entries = new ArrayList<>(base.size() + differences.size());
    int i = 0;
    for (Difference difference : differences) {
      int order;
      while (i < base.size() && (order = base.get(i).path().compareTo(difference.path())) <= 0) {
        if (order < 0) {
          entries.add(base.get(i));
        }
        i++;
      }
      switch (difference) {
        case Added a -> entries.add(a.entry());
        case Changed c -> entries.add(c.entry());
        case Removed r -> {}
      }
    }
    entries.addAll(base.subList(i, base.size()));
    return entries;
  }
}
