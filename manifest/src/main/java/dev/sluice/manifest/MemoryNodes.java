package dev.sluice.manifest;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Nodes in memory: for a client that computes a digest. Not for many threads. */
public final class MemoryNodes implements NodeStore {
  private final Map<UUID, StoredNode> nodes = new HashMap<>();

  @Override
  public List<StoredNode> load(Collection<UUID> ids) {
    return ids.stream().map(this::present).toList();
  }

  @Override
  public List<StoredNode> loadChains(Collection<UUID> ids) {
    Map<UUID, StoredNode> found = new LinkedHashMap<>();
    for (UUID id : ids) {
      for (@Nullable UUID at = id; at != null && !found.containsKey(at); ) {
        StoredNode node = present(at);
        found.put(at, node);
        at = node.base();
      }
    }
    return List.copyOf(found.values());
  }

  @Override
  public void save(List<StoredNode> many) {
    many.forEach(node -> nodes.putIfAbsent(node.id(), node));
  }

  /** Nodes that are kept. */
  public int size() {
    return nodes.size();
  }

  /** Bytes of all nodes that are kept. */
  public long bytes() {
    return nodes.values().stream().mapToLong(node -> node.body().length).sum();
  }

  private StoredNode present(UUID id) {
    StoredNode node = nodes.get(id);
    if (node == null) {
      throw new NodeMissingException(id);
    }
    return node;
  }
}
