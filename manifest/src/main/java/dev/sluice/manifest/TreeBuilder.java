package dev.sluice.manifest;

import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a tree from all of its files, in the order of their paths. Keeps no more than a range per
 * level in memory.
 */
public final class TreeBuilder {
  private final NodeWriter writer;
  private final List<Entry> leaf = new ArrayList<>();
  private final Parents parents;

  TreeBuilder(NodeWriter writer) {
    this.writer = writer;
    this.parents = new Parents(writer, 1);
  }

  /**
   * Adds the next file.
   *
   * @throws IllegalArgumentException when its path is not behind the one before
   */
  public void add(Entry entry) {
    if (!leaf.isEmpty() && leaf.getLast().path().compareTo(entry.path()) >= 0) {
      throw new IllegalArgumentException(
          entry.path() + " does not follow " + leaf.getLast().path());
    }
    leaf.add(entry);
    if (Chunking.LEAF.ends(entry.path(), 0, leaf.size())) {
      cut();
    }
  }

  /** The tree's root; all nodes are in the store. */
  public Digest root() {
    if (!leaf.isEmpty()) {
      cut();
    }
    Digest root = parents.root();
    writer.flush();
    return root;
  }

  private void cut() {
    Leaf whole = Leaf.of(List.copyOf(leaf));
    writer.leaf(whole, null);
    parents.add(Child.of(whole));
    leaf.clear();
  }

  /** Levels above a level whose nodes come one by one. */
  static final class Parents {
    private final NodeWriter writer;
    private final List<List<Child>> open = new ArrayList<>();
    private final List<Integer> closed = new ArrayList<>();
    private final int lowest;

    Parents(NodeWriter writer, int lowest) {
      this.writer = writer;
      this.lowest = lowest;
    }

    void add(Child child) {
      add(0, child);
    }

    private void add(int height, Child child) {
      if (open.size() == height) {
        open.add(new ArrayList<>());
        closed.add(0);
      }
      List<Child> children = open.get(height);
      children.add(child);
      if (Chunking.INNER.ends(child.last(), lowest + height, children.size())) {
        cut(height);
      }
    }

    private void cut(int height) {
      Inner inner = Inner.of(lowest + height, List.copyOf(open.get(height)));
      writer.inner(inner);
      open.get(height).clear();
      closed.set(height, closed.get(height) + 1);
      add(height + 1, Child.of(inner));
    }

    /** The lowest node that stands alone on its level. */
    Digest root() {
      for (int height = 0; height < open.size(); height++) {
        List<Child> children = open.get(height);
        if (closed.get(height) == 0 && children.size() == 1) {
          return children.getFirst().digest();
        }
        if (!children.isEmpty()) {
          cut(height);
        }
      }
      if (open.isEmpty()) {
        return Leaf.EMPTY.digest();
      }
      throw new IllegalStateException("levels do not end");
    }
  }
}
