package dev.sluice.manifest;

import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Difference.Changed;
import dev.sluice.manifest.Difference.Removed;
import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.NodeStore.StoredNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two trees, in the order of paths. Ranges that both have are never looked
 * into; where a range is stored as what differs from its counterpart, that is the answer.
 */
final class TreeDiff implements Iterator<Difference> {
  private static final int GROUPS_AHEAD = 512;
  private static final int DEEPEST = 40;

  private final Nodes nodes;
  private final List<Group> groups;
  private final PathKey behind;
  private int nextGroup;
  private Iterator<Difference> ready = Collections.emptyIterator();

  /**
   * @param behind differences up to that path are left out; their ranges are not read
   */
  TreeDiff(Nodes nodes, Digest from, Digest to, PathKey behind) {
    this.nodes = nodes;
    this.behind = behind;
    this.groups =
        from.equals(to)
            ? List.of()
            : groups(nodes, from, to).stream().filter(g -> g.endsBehind(behind)).toList();
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext()) {
      if (nextGroup == groups.size()) {
        return false;
      }
      int until = Math.min(groups.size(), nextGroup + GROUPS_AHEAD);
      ready = read(groups.subList(nextGroup, until)).iterator();
      nextGroup = until;
    }
    return true;
  }

  @Override
  public Difference next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }

  private static List<Group> groups(Nodes nodes, Digest from, Digest to) {
    Node a = nodes.get(from);
    Node b = nodes.get(to);
    List<Child> left = List.of();
    List<Child> right = List.of();
    for (int level = Math.max(a.level(), b.level()); ; level--) {
      left = a.level() == level ? only(a) : left;
      right = b.level() == level ? only(b) : right;
      Set<Digest> common = common(left, right);
      left = without(left, common);
      right = without(right, common);
      if (level == 0) {
        return group(left, right);
      }
      Map<Digest, Node> loaded = nodes.load(digests(left, right));
      left = below(left, loaded);
      right = below(right, loaded);
    }
  }

  private static List<Child> only(Node root) {
    return root.equals(Node.Leaf.EMPTY) ? List.of() : List.of(Child.of(root));
  }

  private static Set<Digest> common(List<Child> left, List<Child> right) {
    Set<Digest> common = left.stream().map(Child::digest).collect(Collectors.toSet());
    common.retainAll(right.stream().map(Child::digest).collect(Collectors.toSet()));
    return common;
  }

  private static List<Child> without(List<Child> children, Set<Digest> common) {
    return common.isEmpty()
        ? children
        : children.stream().filter(child -> !common.contains(child.digest())).toList();
  }

  private static Set<Digest> digests(List<Child> left, List<Child> right) {
    Set<Digest> digests = new HashSet<>();
    left.forEach(child -> digests.add(child.digest()));
    right.forEach(child -> digests.add(child.digest()));
    return digests;
  }

  private static List<Child> below(List<Child> parents, Map<Digest, Node> loaded) {
    List<Child> below = new ArrayList<>();
    for (Child parent : parents) {
      if (loaded.get(parent.digest()) instanceof Inner inner) {
        below.addAll(inner.children());
      }
    }
    return below;
  }

  /** Puts together what covers the same paths: both sides of a group end at the same one. */
  private static List<Group> group(List<Child> left, List<Child> right) {
    List<Group> groups = new ArrayList<>();
    int i = 0;
    int j = 0;
    int leftFrom = 0;
    int rightFrom = 0;
    while (i < left.size() && j < right.size()) {
      int order = left.get(i).last().compareTo(right.get(j).last());
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
      if (order == 0) {
        groups.add(new Group(left.subList(leftFrom, i), right.subList(rightFrom, j)));
        leftFrom = i;
        rightFrom = j;
      }
    }
    if (leftFrom < left.size() || rightFrom < right.size()) {
      groups.add(
          new Group(left.subList(leftFrom, left.size()), right.subList(rightFrom, right.size())));
    }
    return groups;
  }

  private List<Difference> read(List<Group> some) {
    Map<Group, List<Difference>> short_ = shortcuts(some.stream().filter(Group::isPair).toList());
    List<Group> long_ = some.stream().filter(group -> !short_.containsKey(group)).toList();
    Set<Digest> wanted = new HashSet<>();
    long_.forEach(group -> wanted.addAll(digests(group.left(), group.right())));
    Map<Digest, Nodes.StoredLeaf> leaves = wanted.isEmpty() ? Map.of() : nodes.leaves(wanted);
    List<Difference> differences = new ArrayList<>();
    for (Group group : some) {
      List<Difference> known = short_.get(group);
      differences.addAll(
          known != null
              ? known
              : Delta.between(entries(group.left(), leaves), entries(group.right(), leaves)));
    }
    differences.removeIf(
        d ->
            d.path().compareTo(behind) <= 0
                || (d instanceof Changed c && Content.of(c.entry()).equals(c.was())));
    return differences;
  }

  private static List<Entry> entries(List<Child> children, Map<Digest, Nodes.StoredLeaf> leaves) {
    List<Entry> entries = new ArrayList<>();
    children.forEach(child -> entries.addAll(Nodes.entries(leaves, child.digest())));
    return entries;
  }

  /** Those pairs of which the newer leaf is stored as deltas that lead to the older one. */
  private Map<Group, List<Difference>> shortcuts(List<Group> pairs) {
    Map<Group, List<Difference>> found = new HashMap<>();
    Map<Group, Pending> pending = new HashMap<>();
    pairs.forEach(pair -> pending.put(pair, new Pending(pair.newer(), List.of())));
    for (int depth = 0; depth < DEEPEST && !pending.isEmpty(); depth++) {
      Map<UUID, StoredNode> rows =
          Nodes.byId(
              nodes.store().load(pending.values().stream().map(Pending::at).distinct().toList()));
      Map<Group, Pending> further = new HashMap<>();
      pending.forEach(
          (pair, at) -> {
            StoredNode row = Nodes.present(rows, at.at());
            UUID base = row.base();
            if (base == null) {
              return;
            }
            List<List<Difference>> deltas = new ArrayList<>(at.deltas());
            deltas.add(NodeCodec.delta(row.body()).differences());
            if (base.equals(pair.older())) {
              found.put(pair, composed(deltas.reversed()));
            } else {
              further.put(pair, new Pending(base, deltas));
            }
          });
      pending.clear();
      pending.putAll(further);
    }
    return found;
  }

  /** One step that does what all do, the first of them first. */
  private static List<Difference> composed(List<List<Difference>> deltas) {
    if (deltas.size() == 1) {
      return deltas.getFirst();
    }
    TreeMap<PathKey, Ends> ends = new TreeMap<>();
    for (List<Difference> delta : deltas) {
      for (Difference step : delta) {
        ends.merge(step.path(), Ends.of(step), (first, last) -> new Ends(first.was(), last.is()));
      }
    }
    List<Difference> differences = new ArrayList<>();
    ends.forEach((path, both) -> both.addTo(path, differences));
    return differences;
  }

  /** What a path was at first and is at last; null when nothing. */
  private record Ends(@Nullable Content was, @Nullable Entry is) {
    static Ends of(Difference step) {
      return switch (step) {
        case Added a -> new Ends(null, a.entry());
        case Changed c -> new Ends(c.was(), c.entry());
        case Removed r -> new Ends(r.was(), null);
      };
    }

    void addTo(PathKey path, List<Difference> differences) {
      if (is != null) {
        differences.add(was == null ? new Added(is) : new Changed(is, was));
      } else if (was != null) {
        differences.add(new Removed(path, was));
      }
    }
  }

  /** Where a walk from the newer leaf towards the older one is. */
  private record Pending(UUID at, List<List<Difference>> deltas) {}

  /** Leaves of both sides that cover the same paths. */
  private record Group(List<Child> left, List<Child> right) {
    boolean isPair() {
      return left.size() == 1 && right.size() == 1;
    }

    boolean endsBehind(PathKey path) {
      return endsBehind(left, path) || endsBehind(right, path);
    }

    private static boolean endsBehind(List<Child> side, PathKey path) {
      return !side.isEmpty() && side.getLast().last().compareTo(path) > 0;
    }

    UUID older() {
      return left.getFirst().digest().id();
    }

    UUID newer() {
      return right.getFirst().digest().id();
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
