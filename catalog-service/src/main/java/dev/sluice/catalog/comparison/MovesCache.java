package dev.sluice.catalog.comparison;

import dev.sluice.manifest.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The moves of the last few comparisons, so that each page need not find them again. */
final class MovesCache {
  private static final int MOST = 8;

  private final Map<Pair, Moves> known =
      new LinkedHashMap<>(MOST * 2, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, Moves> eldest) {
          return size() > MOST;
        }
      };

  Moves get(Pair pair, Supplier<Moves> find) {
    synchronized (known) {
      Moves moves = known.get(pair);
      if (moves != null) {
        return moves;
      }
    }
    Moves moves = find.get();
    synchronized (known) {
      known.put(pair, moves);
    }
    return moves;
  }

  /** Two trees of a project. */
  record Pair(String project, Digest from, Digest to) {}
}
