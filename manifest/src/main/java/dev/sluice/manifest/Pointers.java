package dev.sluice.manifest;

import dev.sluice.manifest.NodeStore.StoredNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** What stored nodes point at, for who finds out what nobody points at. */
public final class Pointers {
  /** The tree without files is in no store. */
  public static final UUID NOTHING = ManifestTree.EMPTY.id();

  private Pointers() {}

  /** Whether the node holds ranges, not files. */
  public static boolean isInner(StoredNode node) {
    return NodeCodec.kind(node.body()) == NodeCodec.INNER;
  }

  /** The ids of the ranges that an inner node holds. */
  public static List<UUID> children(StoredNode inner) {
    return NodeCodec.inner(ManifestTree.EMPTY, inner.body()).children().stream()
        .map(child -> child.digest().id())
        .toList();
  }

  /**
   * Tells the object key of each file of these leaves.
   *
   * @param stored the leaves and all that they differ from
   */
  public static void objectKeys(
      Collection<UUID> leaves, List<StoredNode> stored, Consumer<String> each) {
    Map<UUID, StoredNode> byId = Nodes.byId(stored);
    for (UUID leaf : leaves) {
      for (Entry entry :
          Nodes.leaf(ManifestTree.EMPTY, Nodes.present(byId, leaf), byId).entries()) {
        each.accept(entry.objectKey());
      }
    }
  }
}
