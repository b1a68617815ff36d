package dev.sluice.manifest;

import dev.sluice.manifest.Difference.Removed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must change in ours so that it has what theirs did to the version that both began with.
 *
 * @param changes by path
 * @param conflicts paths that both made different things of, by path
 */
public record TreeMerge(List<Change> changes, List<PathKey> conflicts) {
  public TreeMerge {
    changes = List.copyOf(changes);
    conflicts = List.copyOf(conflicts);
  }

  static TreeMerge of(Iterator<Difference> ours, Iterator<Difference> theirs) {
    List<Change> changes = new ArrayList<>();
    List<PathKey> conflicts = new ArrayList<>();
    Difference mine = ours.hasNext() ? ours.next() : null;
    while (theirs.hasNext()) {
      Difference other = theirs.next();
      while (mine != null && mine.path().compareTo(other.path()) < 0) {
        mine = ours.hasNext() ? ours.next() : null;
      }
      if (mine == null || !mine.path().equals(other.path())) {
        changes.add(change(other));
      } else if (!same(mine, other)) {
        conflicts.add(other.path());
      }
    }
    return new TreeMerge(changes, conflicts);
  }

  private static Change change(Difference difference) {
    Entry entry = entry(difference);
    return entry == null ? Change.remove(difference.path()) : Change.put(entry);
  }

  private static boolean same(Difference mine, Difference other) {
    Entry a = entry(mine);
    Entry b = entry(other);
    return a == null ? b == null : b != null && a.sameContent(b);
  }

  private static @Nullable Entry entry(Difference difference) {
    return switch (difference) {
      case Difference.Added a -> a.entry();
      case Difference.Changed c -> c.entry();
      case Removed r -> null;
    };
  }
}
