package dev.sluice.manifest;

import dev.sluice.manifest.Node.Inner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The inner nodes that were used last; never stale, since a digest names one content. And where the
 * files are in the leaves that were asked for one of them.
 */
public final class InnerCache {
  private static final int INDEX_BYTES = 16 << 20;

  private final LinkedHashMap<Digest, Inner> nodes;
  private final LinkedHashMap<Owned, LeafIndex> indexes = new LinkedHashMap<>(16, 0.75f, true);
  private int indexBytes;

  /**
   * @param most inner nodes that it keeps, about 30 KB each
   */
  public InnerCache(int most) {
    nodes =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Digest, Inner> eldest) {
            return size() > most;
          }
        };
  }

  /** Two may keep the same leaf in different bytes. */
  private record Owned(String tenant, UUID leaf) {}

  @Nullable Inner get(Digest digest) {
    synchronized (nodes) {
      return nodes.get(digest);
    }
  }

  void put(Inner node) {
    synchronized (nodes) {
      nodes.put(node.digest(), node);
    }
  }

  @Nullable LeafIndex index(String tenant, UUID leaf) {
    synchronized (indexes) {
      return indexes.get(new Owned(tenant, leaf));
    }
  }

  void put(String tenant, UUID leaf, LeafIndex index) {
    synchronized (indexes) {
      LeafIndex old = indexes.put(new Owned(tenant, leaf), index);
      indexBytes += index.weight() - (old == null ? 0 : old.weight());
      while (indexBytes > INDEX_BYTES) {
        indexBytes -= indexes.pollFirstEntry().getValue().weight();
      }
    }
  }
}
