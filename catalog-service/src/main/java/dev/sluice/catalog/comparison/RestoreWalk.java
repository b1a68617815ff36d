package dev.sluice.catalog.comparison;

import dev.sluice.catalog.file.FileProblem.FileNotFound;
import dev.sluice.manifest.Change;
import dev.sluice.manifest.Difference;
import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Difference.Changed;
import dev.sluice.manifest.Difference.Removed;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives some paths of one tree what another tree has there. */
final class RestoreWalk {
  private static final int BLOCK = 5_000;

  private final ManifestTree tree;
  private final Digest before;
  private Digest root;
  private long changed;

  RestoreWalk(ManifestTree tree, Digest before) {
    this.tree = tree;
    this.before = before;
    this.root = before;
  }

  Digest root() {
    return root;
  }

  long changed() {
    return changed;
  }

  void run(Digest source, Wanted wanted) {
    PathKey prefix = wanted.prefix();
    if (prefix == null) {
      paths(source, wanted.paths());
    } else {
      below(source, prefix);
    }
  }

  private void paths(Digest source, List<PathKey> paths) {
    Map<PathKey, Entry> found = tree.find(source, paths);
    Map<PathKey, Entry> there = tree.find(before, paths);
    List<Change> changes = new ArrayList<>();
    for (PathKey path : paths) {
      Entry entry = found.get(path);
      if (entry == null) {
        throw new FileNotFound(path.toString()).exception();
      }
      Entry now = there.get(path);
      if (now == null || !now.sameContent(entry)) {
        changes.add(Change.put(entry));
      }
    }
    apply(changes);
  }

  private void below(Digest source, PathKey prefix) {
    Iterator<Difference> differences = tree.differences(before, source, prefix);
    List<Change> changes = new ArrayList<>();
    exact(source, prefix, changes);
    while (differences.hasNext()) {
      Difference difference = differences.next();
      if (!difference.path().startsWith(prefix)) {
        break;
      }
      changes.add(
          switch (difference) {
            case Added a -> Change.put(a.entry());
            case Changed c -> Change.put(c.entry());
            case Removed r -> Change.remove(r.path());
          });
      if (changes.size() == BLOCK) {
        apply(changes);
        changes.clear();
      }
    }
    apply(changes);
  }

  /** A file whose path is the prefix itself: differences begin behind it. */
  private void exact(Digest source, PathKey prefix, List<Change> changes) {
    Entry was = tree.find(source, List.of(prefix)).get(prefix);
    Entry now = tree.find(before, List.of(prefix)).get(prefix);
    if (was != null && (now == null || !now.sameContent(was))) {
      changes.add(Change.put(was));
    } else if (was == null && now != null) {
      changes.add(Change.remove(prefix));
    }
  }

  private void apply(List<Change> changes) {
    changed += changes.size();
    root = tree.apply(root, List.copyOf(changes));
  }

  /** Single paths, in their order, or all that begin with a prefix. */
  record Wanted(List<PathKey> paths, @Nullable PathKey prefix) {
    Wanted {
      paths = List.copyOf(paths);
    }
  }
}
