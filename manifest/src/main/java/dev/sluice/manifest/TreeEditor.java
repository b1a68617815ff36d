package dev.sluice.manifest;

import dev.sluice.manifest.Levels.Place;
import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import dev.sluice.manifest.Nodes.StoredLeaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes a tree: only the ranges that hold a changed path, and those above them, are read, cut
 * anew and written. The result is the tree that {@link TreeBuilder} makes of the same files.
 */
final class TreeEditor {
  private final Nodes nodes;
  private final NodeWriter writer;

  TreeEditor(Nodes nodes) {
    this.nodes = nodes;
    this.writer = nodes.writer(Runnable::run);
  }

  /**
   * @param changes of different paths, in their order
   * @return the root of the changed tree
   */
  Digest apply(Digest root, List<Change> changes) {
    if (changes.isEmpty()) {
      return root;
    }
    Levels old = new Levels(nodes, root, changes.stream().map(Change::path).toList());
    List<Edit<Entry>> edits =
        changes.stream().map(change -> new Edit<>(change.path(), change.entry())).toList();
    Recut<Entry> leaves = new LeafRecut(old, Splices.of(old, changes, writer));
    Outcome outcome = leaves.run(edits);
    int level = 0;
    while (level < old.height()) {
      level++;
      outcome = new InnerRecut(old, level).run(outcome.edits());
    }
    Digest top = top(old.height(), outcome.made());
    writer.flush();
    return top;
  }

  private Digest top(int level, List<Node> made) {
    if (made.isEmpty()) {
      return Leaf.EMPTY.digest();
    }
    if (made.size() > 1) {
      TreeBuilder.Parents parents = new TreeBuilder.Parents(writer, level + 1);
      made.forEach(node -> parents.add(Child.of(node)));
      return parents.root();
    }
    Node node = made.getFirst();
    writer.flush();
    while (node instanceof Inner inner && inner.children().size() == 1) {
      Digest only = inner.children().getFirst().digest();
      if (inner.level() == 1) {
        return only;
      }
      node = nodes.get(only);
    }
    return node.digest();
  }

  /** Something put or, when null, taken out of a level. */
  private record Edit<T extends Keyed>(PathKey key, @Nullable T item) {}

  /** What a recut level means for the one above. */
  private record Outcome(List<Edit<Child>> edits, List<Node> made) {}

  /** Cuts the touched part of a level anew. */
  private abstract static class Recut<T extends Keyed> {
    private final Levels old;
    private final int level;
    private final List<T> open = new ArrayList<>();
    private final List<Node> made = new ArrayList<>();
    private final TreeMap<PathKey, Edit<Child>> above = new TreeMap<>();
    private final List<PathKey> dropped = new ArrayList<>();
    private @Nullable Node origin;

    Recut(Levels old, int level) {
      this.old = old;
      this.level = level;
    }

    abstract List<T> items(Node node);

    abstract Node write(List<T> items, @Nullable Node from);

    Outcome run(List<Edit<T>> edits) {
      int next = 0;
      while (next < edits.size()) {
        int taken = shortcut(next);
        if (taken > 0) {
          next += taken;
          continue;
        }
        Place place = old.find(level, edits.get(next).key());
        while (true) {
          Place following = old.after(place);
          next = merge(place.node(), edits, next, following == null);
          if (open.isEmpty() || following == null) {
            break;
          }
          place = following;
        }
        if (!open.isEmpty()) {
          cut();
        }
      }
      for (PathKey last : dropped) {
        above.putIfAbsent(last, new Edit<>(last, null));
      }
      return new Outcome(List.copyOf(above.values()), made);
    }

    private int merge(Node node, List<Edit<T>> edits, int from, boolean last) {
      int next = from;
      boolean empty = node.equals(Leaf.EMPTY);
      if (!empty) {
        dropped.add(node.last());
      }
      PathKey end = empty ? PathKey.FIRST : node.last();
      for (T item : items(node)) {
        while (next < edits.size() && edits.get(next).key().compareTo(item.key()) < 0) {
          feed(node, edits.get(next++).item());
        }
        if (next < edits.size() && edits.get(next).key().equals(item.key())) {
          feed(node, edits.get(next++).item());
        } else {
          feed(node, item);
        }
      }
      while (last && next < edits.size()) {
        feed(node, edits.get(next++).item());
      }
      if (!last && next < edits.size() && edits.get(next).key().compareTo(end) <= 0) {
        throw new IllegalArgumentException("changes are not sorted at " + edits.get(next).key());
      }
      return next;
    }

    private void feed(Node from, @Nullable T item) {
      if (item == null) {
        return;
      }
      if (open.isEmpty()) {
        origin = from;
      }
      open.add(item);
      if (Chunking.of(level).ends(item.key(), level, open.size())) {
        cut();
      }
    }

    private void cut() {
      Node node = write(List.copyOf(open), origin);
      made.add(node);
      replace(null, Child.of(node));
      open.clear();
    }

    /** A node in the place of the one that ended there. */
    final void replace(@Nullable PathKey last, Child child) {
      if (last != null) {
        dropped.add(last);
      }
      above.put(child.last(), new Edit<>(child.last(), child));
    }

    /** How many edits, from that one on, are done without cutting anew. */
    int shortcut(int edit) {
      return 0;
    }
  }

  private final class LeafRecut extends Recut<Entry> {
    private final Levels old;
    private final Map<Integer, Splices.Done> splices;

    LeafRecut(Levels old, Map<Integer, Splices.Done> splices) {
      super(old, 0);
      this.old = old;
      this.splices = splices;
    }

    @Override
    int shortcut(int edit) {
      Splices.Done done = splices.get(edit);
      if (done == null) {
        return 0;
      }
      replace(done.at().last(), done.made());
      return done.at().to() - edit;
    }

    @Override
    List<Entry> items(Node node) {
      return ((Leaf) node).entries();
    }

    @Override
    Node write(List<Entry> items, @Nullable Node from) {
      Leaf leaf = Leaf.of(items);
      StoredLeaf base = from == null || from.equals(Leaf.EMPTY) ? null : old.stored(from.digest());
      writer.leaf(leaf, base);
      return leaf;
    }
  }

  private final class InnerRecut extends Recut<Child> {
    private final int level;

    InnerRecut(Levels old, int level) {
      super(old, level);
      this.level = level;
    }

    @Override
    List<Child> items(Node node) {
      return ((Inner) node).children();
    }

    @Override
    Node write(List<Child> items, @Nullable Node from) {
      Inner inner = Inner.of(level, items);
      writer.inner(inner);
      return inner;
    }
  }
}
