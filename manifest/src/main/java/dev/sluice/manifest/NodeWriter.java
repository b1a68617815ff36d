package dev.sluice.manifest;

import dev.sluice.manifest.Node.Inner;
import dev.sluice.manifest.Node.Leaf;
import dev.sluice.manifest.NodeStore.StoredNode;
import dev.sluice.manifest.Nodes.StoredLeaf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Hands new nodes to the store, many at a time. */
final class NodeWriter {
  private static final int BATCH_BYTES = 4 << 20;
  private static final int BATCH_NODES = 2_000;

  private final NodeStore store;
  private final InnerCache cache;
  private final List<Inner> inners = new ArrayList<>();
  private final List<StoredNode> waiting = new ArrayList<>();
  private final Executor executor;
  private long bytes;
  private @Nullable CompletableFuture<Void> saving;

  /**
   * @param executor where nodes are saved while others are made, a batch at a time
   */
  NodeWriter(NodeStore store, InnerCache cache, Executor executor) {
    this.store = store;
    this.cache = cache;
    this.executor = executor;
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
      add(whole(leaf));
    }
  }

  static StoredNode whole(Leaf leaf) {
    return new StoredNode(leaf.digest().id(), null, NodeCodec.encode(leaf));
  }

  void inner(Inner inner) {
    inners.add(inner);
    add(new StoredNode(inner.digest().id(), null, NodeCodec.encode(inner)));
  }

  void add(StoredNode node) {
    waiting.add(node);
    bytes += node.body().length;
    if (bytes >= BATCH_BYTES || waiting.size() >= BATCH_NODES) {
      handOver();
    }
  }

  /** All nodes are in the store. */
  void flush() {
    handOver();
    await();
  }

  /** Hands over what waits when it is that many nodes. */
  void handOver(int least) {
    if (waiting.size() >= least) {
      handOver();
    }
  }

  private void handOver() {
    await();
    if (!waiting.isEmpty()) {
      List<StoredNode> batch = List.copyOf(waiting);
      List<Inner> remembered = List.copyOf(inners);
      saving =
          CompletableFuture.runAsync(
              () -> {
                store.save(batch);
                remembered.forEach(cache::put);
              },
              executor);
      inners.clear();
      waiting.clear();
      bytes = 0;
    }
  }

  private void await() {
    CompletableFuture<Void> last = saving;
    saving = null;
    try {
      if (last != null) {
        last.join();
      }
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
