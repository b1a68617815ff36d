package dev.sluice.manifest;

import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/** The trees of a store. A tree is named by the digest of its root; all of them are immutable. */
public final class ManifestTree {
  /** The tree without files. */
  public static final Digest EMPTY = Leaf.EMPTY.digest();

  private static final int FEW = 4;

  private final Nodes nodes;

  public ManifestTree(NodeStore store, InnerCache cache) {
    this.nodes = new Nodes(store, cache);
  }

  /** The root that a tree of these files has, which come in order; nothing is kept. */
  public static Digest rootOf(Iterator<Entry> sorted) {
    TreeBuilder builder =
        new TreeBuilder(
            new NodeWriter(new Nowhere(), new InnerCache(0), Runnable::run), Runnable::run);
    sorted.forEachRemaining(builder::add);
    return builder.root();
  }

  /** Makes a tree of files that come in order. */
  public TreeBuilder builder() {
    return new TreeBuilder(nodes.writer(Runnable::run), Runnable::run);
  }

  /**
   * As above; leaves are made on the common pool, while the next files come.
   *
   * @param executor where nodes are saved, a batch at a time, while the next ones are made
   */
  public TreeBuilder builder(Executor executor) {
    return new TreeBuilder(nodes.writer(executor), ForkJoinPool.commonPool());
  }

  /**
   * Changes a tree; what the changes do not touch is shared.
   *
   * @param changes of different paths, in their order; a few thousand at a time, since the ranges
   *     that they touch are held in memory
   * @return the root of the changed tree
   */
  public Digest apply(Digest root, List<Change> changes) {
    for (int i = 1; i < changes.size(); i++) {
      if (changes.get(i - 1).path().compareTo(changes.get(i).path()) >= 0) {
        throw new IllegalArgumentException(
            changes.get(i).path() + " does not follow " + changes.get(i - 1).path());
      }
    }
    return new TreeEditor(nodes).apply(root, changes);
  }

  /** The file of that path. */
  public Optional<Entry> find(Digest root, PathKey path) {
    Node node = nodes.get(root);
    while (node instanceof Inner inner) {
      Digest below = inner.children().get(Levels.indexOf(inner.children(), path)).digest();
      if (inner.level() == 1) {
        return Optional.ofNullable(nodes.find(below, path));
      }
      node = nodes.get(below);
    }
    return Optional.ofNullable(((Leaf) node).find(path));
  }

  /**
   * Those of the paths that are files.
   *
   * @param paths in their order
   */
  public Map<PathKey, Entry> find(Digest root, List<PathKey> paths) {
    if (paths.size() == 1) {
      Map<PathKey, Entry> one = new TreeMap<>();
      find(root, paths.getFirst()).ifPresent(entry -> one.put(entry.path(), entry));
      return one;
    }
    Map<PathKey, Entry> found = ceilings(root, paths);
    found.entrySet().removeIf(entry -> !entry.getKey().equals(entry.getValue().path()));
    return found;
  }

  /**
   * For each key the first file at or behind it, where there is one.
   *
   * @param keys in their order
   */
  public Map<PathKey, Entry> ceilings(Digest root, List<PathKey> keys) {
    Map<PathKey, Entry> found = new TreeMap<>();
    if (keys.isEmpty()) {
      return found;
    }
    Levels levels = new Levels(nodes, root, keys);
    levels.eachTouched(
        (leaf, some) -> {
          if (some.to() - some.from() > FEW) {
            leaf.leaf().entries();
          }
          for (PathKey key : keys.subList(some.from(), some.to())) {
            Entry entry = leaf.leaf().ceiling(key);
            if (entry != null) {
              found.put(key, entry);
            }
          }
        });
    return found;
  }

  /** All files, in the order of their paths, loaded as they are taken. */
  public Iterator<Entry> entries(Digest root) {
    return Scan.from(nodes, root, PathKey.FIRST, Long.MAX_VALUE);
  }

  /**
   * Files at or behind a key, in order, loaded as they are taken.
   *
   * @param expected how many will be taken, as far as it is known
   */
  public Iterator<Entry> entries(Digest root, PathKey from, long expected) {
    return Scan.from(nodes, root, from, expected);
  }

  /** Files from the one with that number on; the first has number 0. */
  public List<Entry> page(Digest root, long number, int limit) {
    Scan scan = Scan.at(nodes, root, number, limit);
    List<Entry> page = new ArrayList<>(limit);
    while (page.size() < limit && scan.hasNext()) {
      page.add(scan.next());
    }
    return page;
  }

  /** How many files come before a key. */
  public long rank(Digest root, PathKey key) {
    long rank = 0;
    Node node = nodes.get(root);
    while (node instanceof Inner inner) {
      int index = Levels.indexOf(inner.children(), key);
      for (Child child : inner.children().subList(0, index)) {
        rank += child.summary().files();
      }
      node = nodes.get(inner.children().get(index).digest());
    }
    return rank + ((Leaf) node).rank(key);
  }

  /** Figures of the whole tree. */
  public Summary summary(Digest root) {
    return nodes.get(root).summary();
  }

  /** What differs from one tree to another, in the order of paths, loaded as it is taken. */
  public Iterator<Difference> differences(Digest from, Digest to) {
    return differences(from, to, PathKey.FIRST);
  }

  /** As {@link #differences(Digest, Digest)}, only those behind a path. */
  public Iterator<Difference> differences(Digest from, Digest to, PathKey behind) {
    return new TreeDiff(nodes, from, to, behind);
  }

  /** What ours lacks of what theirs did since both began at the same tree. */
  public TreeMerge merge(Digest base, Digest ours, Digest theirs) {
    return TreeMerge.of(differences(base, ours), differences(base, theirs));
  }
}
