package dev.sluice.manifest;

import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import dev.sluice.manifest.NodeStore.NodeMissingException;
import dev.sluice.manifest.Nodes.StoredLeaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree's nodes, level by level, for somebody who changes it: loads those that the changes touch
 * in as many questions as there are levels.
 */
final class Levels {
  private final Nodes nodes;
  private final Node root;
  private final Map<Digest, Inner> inners = new HashMap<>();
  private final Map<Digest, StoredLeaf> leaves = new HashMap<>();

  /** Loads the nodes that hold the keys, which are sorted, or would hold them. */
  Levels(Nodes nodes, Digest rootDigest, List<PathKey> keys) {
    this.nodes = nodes;
    this.root = nodes.get(rootDigest);
    if (root instanceof Leaf) {
      leaves.putAll(nodes.leaves(List.of(rootDigest)));
      return;
    }
    List<Inner> level = List.of((Inner) root);
    while (!level.isEmpty()) {
      level.forEach(inner -> inners.put(inner.digest(), inner));
      Set<Digest> below = touched(level, keys);
      if (level.getFirst().level() == 1) {
        leaves.putAll(nodes.leaves(below));
        level = List.of();
      } else {
        level = nodes.load(below).values().stream().map(Inner.class::cast).toList();
      }
    }
  }

  int height() {
    return root.level();
  }

  private static Set<Digest> touched(List<Inner> level, List<PathKey> keys) {
    List<Inner> sorted = new ArrayList<>(level);
    sorted.sort((a, b) -> a.last().compareTo(b.last()));
    Set<Digest> touched = new LinkedHashSet<>();
    int node = 0;
    int child = 0;
    for (PathKey key : keys) {
      while (node < sorted.size() - 1 && sorted.get(node).last().compareTo(key) < 0) {
        node++;
        child = 0;
      }
      List<Child> children = sorted.get(node).children();
      while (child < children.size() - 1 && children.get(child).last().compareTo(key) < 0) {
        child++;
      }
      touched.add(children.get(child).digest());
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

  /** An inner node and which of its children the way takes. */
  record Step(Inner inner, int index) {}
}
