package dev.sluice.manifest;

import dev.sluice.manifest.Delta.Chain;
import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import dev.sluice.manifest.NodeStore.MarkedNode;
import dev.sluice.manifest.NodeStore.NodeMissingException;
import dev.sluice.manifest.NodeStore.StoredNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Nodes of a store, decoded. Inner nodes are remembered; leaves are not. */
final class Nodes {
  private final NodeStore store;
  private final InnerCache cache;

  Nodes(NodeStore store, InnerCache cache) {
    this.store = store;
    this.cache = cache;
  }

  NodeStore store() {
    return store;
  }

  Node get(Digest digest) {
    Inner inner = cache.get(digest);
    if (inner != null) {
      return inner;
    }
    if (digest.equals(Leaf.EMPTY.digest())) {
      return Leaf.EMPTY;
    }
    UUID id = digest.id();
    return decode(digest, id, byId(store.loadChains(List.of(id))));
  }

  /**
   * The file of that path in a leaf; null when there is none. Of a whole leaf that was read before,
   * only a part is read.
   */
  @Nullable Entry find(Digest leaf, PathKey path) {
    UUID id = leaf.id();
    LeafIndex index = cache.index(store.tenant(), id);
    if (index != null) {
      int part = index.partOf(path);
      int from = index.start(part);
      byte[] bytes = store.loadPart(id, index.mark(), from, index.start(part + 1) - from);
      if (bytes != null) {
        return index.find(part, bytes, path);
      }
    }
    MarkedNode found = store.loadMarked(id);
    StoredNode node = found.node();
    if (node.base() == null) {
      cache.put(store.tenant(), id, LeafIndex.of(node.body(), found.mark()));
      return leaf(leaf, node, Map.of()).find(path);
    }
    return leaf(leaf, node, byId(store.loadChains(List.of(node.base())))).find(path);
  }

  NodeWriter writer(Executor executor) {
    return new NodeWriter(store, cache, executor);
  }

  /** All of them, with as few questions to the store as it takes. */
  Map<Digest, Node> load(Collection<Digest> digests) {
    Map<Digest, Node> found = new HashMap<>();
    Map<UUID, Digest> wanted = new LinkedHashMap<>();
    for (Digest digest : digests) {
      Inner inner = cache.get(digest);
      if (digest.equals(Leaf.EMPTY.digest())) {
        found.put(digest, Leaf.EMPTY);
      } else if (inner == null) {
        wanted.put(digest.id(), digest);
      } else {
        found.put(digest, inner);
      }
    }
    if (!wanted.isEmpty()) {
      Map<UUID, StoredNode> stored = byId(store.loadChains(wanted.keySet()));
      wanted.forEach((id, digest) -> found.put(digest, decode(digest, id, stored)));
    }
    return found;
  }

  private Node decode(Digest digest, UUID id, Map<UUID, StoredNode> stored) {
    StoredNode node = present(stored, id);
    if (NodeCodec.kind(node.body()) == NodeCodec.INNER) {
      Inner inner = NodeCodec.inner(digest, node.body());
      cache.put(inner);
      return inner;
    }
    return leaf(digest, node, stored);
  }

  /** Leaves with what their storing cost so far. */
  Map<Digest, StoredLeaf> leaves(Collection<Digest> digests) {
    Set<Digest> wanted = new LinkedHashSet<>(digests);
    Map<Digest, StoredLeaf> leaves = new HashMap<>();
    if (wanted.remove(Leaf.EMPTY.digest())) {
      leaves.put(Leaf.EMPTY.digest(), new StoredLeaf(Leaf.EMPTY, new Chain(0, 0, 0)));
    }
    if (wanted.isEmpty()) {
      return leaves;
    }
    Map<UUID, StoredNode> stored = byId(store.loadChains(wanted.stream().map(Digest::id).toList()));
    for (Digest digest : wanted) {
      StoredNode node = present(stored, digest.id());
      Leaf leaf = leaf(digest, node, stored);
      leaves.put(digest, new StoredLeaf(leaf, chain(node)));
    }
    return leaves;
  }

  /** The leaf, of which nothing is read yet but what leads to it. */
  static Leaf leaf(Digest digest, StoredNode node, Map<UUID, StoredNode> stored) {
    List<Delta> deltas = new ArrayList<>();
    StoredNode at = node;
    for (UUID base = at.base(); base != null; base = at.base()) {
      deltas.add(NodeCodec.delta(at.body()));
      at = present(stored, base);
    }
    return Leaf.stored(digest, new Leaf.Packed(at.body(), deltas.reversed()));
  }

  private static Chain chain(StoredNode node) {
    if (node.base() == null) {
      return new Chain(0, 0, node.body().length);
    }
    Delta delta = NodeCodec.delta(node.body());
    return new Chain(delta.depth(), delta.chained(), delta.whole());
  }

  static Map<UUID, StoredNode> byId(List<StoredNode> nodes) {
    Map<UUID, StoredNode> byId = HashMap.newHashMap(nodes.size());
    nodes.forEach(node -> byId.put(node.id(), node));
    return byId;
  }

  static StoredNode present(Map<UUID, StoredNode> stored, UUID id) {
    @Nullable StoredNode node = stored.get(id);
    if (node == null) {
      throw new NodeMissingException(id);
    }
    return node;
  }

  /** One of the leaves that {@link #leaves} found. */
  static StoredLeaf leaf(Map<Digest, StoredLeaf> leaves, Digest digest) {
    StoredLeaf leaf = leaves.get(digest);
    if (leaf == null) {
      throw new NodeMissingException(digest.id());
    }
    return leaf;
  }

  /** Its entries. */
  static List<Entry> entries(Map<Digest, StoredLeaf> leaves, Digest digest) {
    return leaf(leaves, digest).leaf().entries();
  }

  /** A leaf and how it is written. */
  record StoredLeaf(Leaf leaf, Chain chain) {}
}
