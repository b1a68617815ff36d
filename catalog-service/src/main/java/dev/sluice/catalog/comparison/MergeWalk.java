package dev.sluice.catalog.comparison;

import dev.sluice.manifest.Change;
import dev.sluice.manifest.Difference;
import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Difference.Changed;
import dev.sluice.manifest.Difference.Removed;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings into one tree what another did since both began at a third, block by block. */
final class MergeWalk {
  /** Conflicts that are named; behind them the merge gives up. */
  static final int NAMED = 1_000;

  private static final int BLOCK = 5_000;

  private final ManifestTree tree;
  private final Resolution resolution;
  private final List<String> conflicts = new ArrayList<>();
  private final List<Change> waiting = new ArrayList<>();
  private Digest root;
  private long taken;
  private long resolved;

  MergeWalk(ManifestTree tree, Digest ours, Resolution resolution) {
    this.tree = tree;
    this.root = ours;
    this.resolution = resolution;
  }

  /** Whose word counts where both made different things of a path. */
  enum Resolution {
    NONE,
    OURS,
    THEIRS
  }

  Digest root() {
    return root;
  }

  long taken() {
    return taken;
  }

  long resolved() {
    return resolved;
  }

  List<String> conflicts() {
    return conflicts;
  }

  void run(Digest base, Digest theirs) {
    Iterator<Difference> mine = tree.differences(base, root);
    Iterator<Difference> others = tree.differences(base, theirs);
    Difference our = mine.hasNext() ? mine.next() : null;
    while (others.hasNext() && conflicts.size() <= NAMED) {
      Difference their = others.next();
      while (our != null && our.path().compareTo(their.path()) < 0) {
        our = mine.hasNext() ? mine.next() : null;
      }
      if (our == null || !our.path().equals(their.path())) {
        take(their);
      } else if (!same(our, their)) {
        conflict(their);
      }
    }
    flush();
  }

  private void conflict(Difference their) {
    switch (resolution) {
      case NONE -> conflicts.add(their.path().toString());
      case OURS -> resolved++;
      case THEIRS -> {
        resolved++;
        take(their);
      }
    }
  }

  private void take(Difference their) {
    taken++;
    waiting.add(new Change(their.path(), entry(their)));
    if (waiting.size() == BLOCK) {
      flush();
    }
  }

  private void flush() {
    if (conflicts.isEmpty()) {
      root = tree.apply(root, List.copyOf(waiting));
    }
    waiting.clear();
  }

  private static boolean same(Difference our, Difference their) {
    Entry a = entry(our);
    Entry b = entry(their);
    return a == null ? b == null : b != null && a.sameContent(b);
  }

  private static @Nullable Entry entry(Difference difference) {
    return switch (difference) {
      case Added a -> a.entry();
      case Changed c -> c.entry();
      case Removed r -> null;
    };
  }
}
