package dev.sluice.manifest;

import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import dev.sluice.manifest.NodeStore.StoredNode;
import dev.sluice.manifest.Nodes.StoredLeaf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands new nodes to the store, many at a time. */
final class NodeWriter {
  private static final int BATCH_BYTES = 4 << 20;
  private static final int BATCH_NODES = 2_000;

  private final NodeStore store;
  private final List<StoredNode> waiting = new ArrayList<>();
  private long bytes;

  NodeWriter(NodeStore store) {
    this.store = store;
  }

  /** Writes a leaf; as what differs from {@code base} when that is shorter. */
  void leaf(Leaf leaf, @Nullable StoredLeaf base) {
    byte[] delta =
        base == null || base.leaf().digest().equals(leaf.digest())
            ? null
            : Delta.encode(base.leaf().entries(), base.chain(), leaf.entries());
    if (base != null && delta != null) {
      add(new StoredNode(leaf.digest().id(), base.leaf().digest().id(), delta));
    } else {
      add(new StoredNode(leaf.digest().id(), null, NodeCodec.encode(leaf)));
    }
  }

  void inner(Inner inner) {
    add(new StoredNode(inner.digest().id(), null, NodeCodec.encode(inner)));
  }

  private void add(StoredNode node) {
    waiting.add(node);
    bytes += node.body().length;
    if (bytes >= BATCH_BYTES || waiting.size() >= BATCH_NODES) {
      flush();
    }
  }

  void flush() {
    if (!waiting.isEmpty()) {
      store.save(List.copyOf(waiting));
      waiting.clear();
      bytes = 0;
    }
  }
}
