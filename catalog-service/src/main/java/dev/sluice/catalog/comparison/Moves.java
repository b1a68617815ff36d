package dev.sluice.catalog.comparison;

import dev.sluice.catalog.comparison.DiffView.Summary;
import dev.sluice.manifest.Content;
import dev.sluice.manifest.Difference;
import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Difference.Changed;
import dev.sluice.manifest.Difference.Removed;
import dev.sluice.manifest.Digest;
import dev.sluice.manifest.PathKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A whole difference in figures, and its moves: the same bytes, gone here and come there.
 *
 * @param from where a file was, by where it is
 * @param gone the paths that moved files had
 */
record Moves(Summary summary, Map<PathKey, PathKey> from, Set<PathKey> gone) {
  /** Differences that are held in memory to find moves; in more than that nobody looks. */
  static final int MOST = 100_000;

  static Moves of(Iterator<Difference> differences) {
    Sums sums = new Sums();
    while (differences.hasNext()) {
      sums.add(differences.next());
    }
    return sums.result();
  }

  /** Sums while they grow. */
  private static final class Sums {
    private final List<Added> came = new ArrayList<>();
    private final Map<Bytes, Deque<PathKey>> went = new HashMap<>();
    private long added;
    private long removed;
    private long changed;
    private long bytesAdded;
    private long bytesRemoved;

    void add(Difference difference) {
      switch (difference) {
        case Added a -> {
          added++;
          bytesAdded += a.entry().size();
          came.add(a);
        }
        case Removed r -> {
          removed++;
          bytesRemoved += r.was().size();
          went.computeIfAbsent(Bytes.of(r.was()), content -> new ArrayDeque<>()).add(r.path());
        }
        case Changed c -> {
          changed++;
          bytesAdded += c.entry().size();
          bytesRemoved += c.was().size();
        }
      }
      if (!few()) {
        came.clear();
        went.clear();
      }
    }

    private boolean few() {
      return added + removed + changed <= MOST;
    }

    Moves result() {
      Map<PathKey, PathKey> from = new HashMap<>();
      Set<PathKey> gone = new HashSet<>();
      long bytes = 0;
      if (few()) {
        for (Added a : came) {
          Deque<PathKey> paths = went.get(Bytes.of(Content.of(a.entry())));
          PathKey path = paths == null ? null : paths.poll();
          if (path != null) {
            from.put(a.path(), path);
            gone.add(path);
            bytes += a.entry().size();
          }
        }
      }
      long moved = from.size();
      return new Moves(
          new Summary(
              added - moved,
              removed - moved,
              changed,
              moved,
              bytesAdded - bytes,
              bytesRemoved - bytes,
              few()),
          Map.copyOf(from),
          Set.copyOf(gone));
    }
  }

  /** The bytes of a file, whatever their type. */
  private record Bytes(Digest sha256, long size) {
    static Bytes of(Content content) {
      return new Bytes(content.sha256(), content.size());
    }
  }
}
