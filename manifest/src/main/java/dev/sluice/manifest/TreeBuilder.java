package dev.sluice.manifest;

import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import dev.sluice.manifest.NodeStore.StoredNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * Makes a tree from all of its files, in the order of their paths. Keeps no more than a few ranges
 * per level in memory.
 */
public final class TreeBuilder {
  private static final int AHEAD = 32;

  private final NodeWriter writer;
  private final Executor makers;
  private final Deque<FutureTask<Made>> making = new ArrayDeque<>();
  private final Parents parents;
  private List<Entry> leaf = new ArrayList<>();

  /**
   * @param makers where leaves are made of their files, while the next files come
   */
  TreeBuilder(NodeWriter writer, Executor makers) {
    this.writer = writer;
    this.makers = makers;
    this.parents = new Parents(writer, 1);
  }

  /** A leaf as its parent knows it, and as it is stored. */
  private record Made(Child child, StoredNode node) {
    static Made of(List<Entry> files) {
      Leaf leaf = Leaf.of(files);
      return new Made(Child.of(leaf), NodeWriter.whole(leaf));
    }
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
    while (!making.isEmpty()) {
      settle();
    }
    Digest root = parents.root();
    writer.flush();
    return root;
  }

  private void cut() {
    List<Entry> files = leaf;
    leaf = new ArrayList<>(files.size());
    FutureTask<Made> task = new FutureTask<>(() -> Made.of(files));
    making.add(task);
    makers.execute(task);
    while (making.size() > AHEAD || (!making.isEmpty() && making.element().isDone())) {
      settle();
    }
  }

  /** Takes the oldest leaf; one that nobody makes yet is made here. */
  private void settle() {
    FutureTask<Made> oldest = making.remove();
    oldest.run();
    Made made = Waiting.result(oldest);
    writer.add(made.node());
    parents.add(made.child());
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
