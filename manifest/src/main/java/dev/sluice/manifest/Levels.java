package dev.sluice.manifest;

import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import dev.sluice.manifest.NodeStore.NodeMissingException;
import dev.sluice.manifest.Nodes.StoredLeaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A tree's nodes, level by level, for somebody who changes it: loads the inner ones that the
 * changes touch in as many questions as there are levels, and leaves as they are asked for.
 */
final class Levels {
  private static final int AT_ONCE = 128;

  private final Nodes nodes;
  private final Node root;
  private final Map<Digest, Inner> inners = new HashMap<>();
  private final Map<Digest, StoredLeaf> leaves = new HashMap<>();
  private List<Touched> touched = List.of();

  /** Loads the nodes that hold the keys, which are sorted, or would hold them. */
  Levels(Nodes nodes, Digest rootDigest, List<PathKey> keys) {
    this.nodes = nodes;
    this.root = nodes.get(rootDigest);
    if (root instanceof Leaf leaf) {
      PathKey last = leaf.equals(Leaf.EMPTY) ? PathKey.FIRST : leaf.last();
      touched = List.of(new Touched(rootDigest, last, 0, keys.size()));
      return;
    }
    List<Inner> level = List.of((Inner) root);
    while (!level.isEmpty()) {
      level.forEach(inner -> inners.put(inner.digest(), inner));
      touched = touched(level, keys);
      level =
          level.getFirst().level() == 1
              ? List.of()
              : nodes.load(touched.stream().map(Touched::digest).toList()).values().stream()
                  .map(Inner.class::cast)
                  .toList();
    }
  }

  /** The leaves that hold keys, or would, in their order. */
  List<Touched> touched() {
    return touched;
  }

  /** Hands over these leaves, some at a time, so that they are never all in memory. */
  void eachTouched(BiConsumer<StoredLeaf, Touched> taker) {
    for (int from = 0; from < touched.size(); from += AT_ONCE) {
      List<Touched> some = touched.subList(from, Math.min(touched.size(), from + AT_ONCE));
      Map<Digest, StoredLeaf> loaded = load(some);
      some.forEach(leaf -> taker.accept(Nodes.leaf(loaded, leaf.digest()), leaf));
    }
  }

  Map<Digest, StoredLeaf> load(List<Touched> some) {
    return nodes.leaves(some.stream().map(Touched::digest).toList());
  }

  /** Keeps a leaf that was loaded: it will be asked for. */
  void keep(StoredLeaf leaf) {
    leaves.put(leaf.leaf().digest(), leaf);
  }

  int height() {
    return root.level();
  }

  private static List<Touched> touched(List<Inner> level, List<PathKey> keys) {
    List<Inner> sorted = new ArrayList<>(level);
    sorted.sort((a, b) -> a.last().compareTo(b.last()));
    List<Touched> touched = new ArrayList<>();
    int node = 0;
    int child = 0;
    int from = 0;
    for (int i = 0; i < keys.size(); i++) {
      PathKey key = keys.get(i);
      while (node < sorted.size() - 1 && sorted.get(node).last().compareTo(key) < 0) {
        node++;
        child = 0;
      }
      List<Child> children = sorted.get(node).children();
      while (child < children.size() - 1 && children.get(child).last().compareTo(key) < 0) {
        child++;
      }
      Child at = children.get(child);
      if (touched.isEmpty() || !touched.getLast().digest().equals(at.digest())) {
        from = i;
      } else {
        touched.removeLast();
      }
      touched.add(new Touched(at.digest(), at.last(), from, i + 1));
    }
    return touched;
  }

  /** The node of that level which holds the key, or would: the first that ends at or behind it. */
  Place find(int level, PathKey key) {
    Node node = root;
    List<Step> steps = new ArrayList<>();
    while (node.level() > level) {
      Inner inner = (Inner) node;
      int index = indexOf(inner.children(), key);
      steps.add(new Step(inner, index));
      node = node(inner, inner.children().get(index));
    }
    return new Place(steps, node);
  }

  /** The node behind that place on its level; null at the end. */
  @Nullable Place after(Place place) {
    List<Step> steps = new ArrayList<>(place.steps());
    while (!steps.isEmpty()) {
      Step step = steps.removeLast();
      if (step.index() + 1 < step.inner().children().size()) {
        steps.add(new Step(step.inner(), step.index() + 1));
        return down(steps, place.node().level());
      }
    }
    return null;
  }

  private Place down(List<Step> steps, int level) {
    Inner inner = steps.getLast().inner();
    Node node = node(inner, inner.children().get(steps.getLast().index()));
    while (node.level() > level) {
      steps.add(new Step((Inner) node, 0));
      node = node((Inner) node, ((Inner) node).children().getFirst());
    }
    return new Place(steps, node);
  }

  private Node node(Inner parent, Child child) {
    if (parent.level() > 1) {
      Inner known = inners.get(child.digest());
      if (known != null) {
        return known;
      }
      Inner inner = (Inner) nodes.get(child.digest());
      inners.put(child.digest(), inner);
      return inner;
    }
    return stored(child.digest()).leaf();
  }

  StoredLeaf stored(Digest digest) {
    StoredLeaf known = leaves.get(digest);
    if (known != null) {
      return known;
    }
    StoredLeaf leaf = nodes.leaves(List.of(digest)).get(digest);
    if (leaf == null) {
      throw new NodeMissingException(digest.id());
    }
    leaves.put(digest, leaf);
    return leaf;
  }

  /** The first child that ends at or behind the key; the last one when none does. */
  static int indexOf(List<Child> children, PathKey key) {
    int low = 0;
    int high = children.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (children.get(middle).last().compareTo(key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** A node and the way to it from the root. */
  record Place(List<Step> steps, Node node) {}

  /**
   * A node that keys touch.
   *
   * @param last the greatest path in it
   * @param from the first of these keys
   * @param to the first key behind them
   */
  record Touched(Digest digest, PathKey last, int from, int to) {}

  /** An inner node and which of its children the way takes. */
  record Step(Inner inner, int index) {}
}
