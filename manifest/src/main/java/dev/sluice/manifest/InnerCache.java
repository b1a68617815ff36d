package dev.sluice.manifest;

import dev.sluice.manifest.Node.Inner;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The inner nodes that were used last; never stale, since a digest names one content. */
public final class InnerCache {
  private final LinkedHashMap<Digest, Inner> nodes;

  /**
   * @param most nodes that it keeps, about 30 KB each
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
}
