package dev.sluice.manifest;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Keeps nothing: for a tree of which only the root is wanted. */
final class Nowhere implements NodeStore {
  @Override
  public List<StoredNode> load(Collection<UUID> ids) {
    return List.of();
  }

  @Override
  public List<StoredNode> loadChains(Collection<UUID> ids) {
    return List.of();
  }

  @Override
  public void save(List<StoredNode> nodes) {
    // Forgotten.
  }
}
