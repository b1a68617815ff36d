package dev.sluice.catalog.file;

import dev.sluice.catalog.file.FileProblem.PathConflict;
import dev.sluice.manifest.Difference;
import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.Entry;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.manifest.PathKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds paths of a changed tree that are a file and a folder at once. Looks at what came only. */
public final class TreeConflicts {
  private static final int BLOCK = 2_000;

  private TreeConflicts() {}

  /**
   * Looks at what a change put into a tree without conflicts.
   *
   * @throws dev.sluice.support.problem.ProblemException 409 naming both paths
   */
  public static void refuse(ManifestTree tree, Digest before, Digest after) {
    Iterator<Difference> differences = tree.differences(before, after);
    List<PathKey> added = new ArrayList<>();
    while (differences.hasNext()) {
      if (differences.next() instanceof Added a) {
        added.add(a.path());
      }
      if (added.size() == BLOCK || !differences.hasNext()) {
        find(tree, after, added)
            .ifPresent(
                conflict -> {
                  throw conflict.exception();
                });
        added.clear();
      }
    }
  }

  private static Optional<PathConflict> find(ManifestTree tree, Digest root, List<PathKey> added) {
    TreeMap<PathKey, PathKey> folders = new TreeMap<>();
    TreeMap<PathKey, PathKey> below = new TreeMap<>();
    for (PathKey path : added) {
      for (String folder : new FilePath(path.toString()).ancestors()) {
        folders.putIfAbsent(PathKey.of(folder), path);
      }
      below.put(PathKey.of(path + "/"), path);
    }
    for (PathKey file : tree.find(root, List.copyOf(folders.keySet())).keySet()) {
      return Optional.of(new PathConflict(String.valueOf(folders.get(file)), file.toString()));
    }
    Map<PathKey, Entry> behind = tree.ceilings(root, List.copyOf(below.keySet()));
    for (Map.Entry<PathKey, Entry> found : behind.entrySet()) {
      PathKey other = found.getValue().path();
      if (other.startsWith(found.getKey())) {
        return Optional.of(
            new PathConflict(String.valueOf(below.get(found.getKey())), other.toString()));
      }
    }
    return Optional.empty();
  }
}
