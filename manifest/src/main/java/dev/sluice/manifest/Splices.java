package dev.sluice.manifest;

import dev.sluice.manifest.Levels.Touched;
import dev.sluice.manifest.Nodes.StoredLeaf;
import dev.sluice.manifest.Splice.Spliced;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * All splices of a commit: while some leaves are computed, on the common pool, the next ones are
 * loaded. Few are in memory at a time.
 */
final class Splices {
  private static final int AT_ONCE = 96;
  private static final int IN_FLIGHT = 4;

  private final Levels levels;
  private final List<Change> changes;
  private final Map<Integer, Done> done = new HashMap<>();
  private final Deque<CompletableFuture<List<Tried>>> pending = new ArrayDeque<>();

  private Splices(Levels levels, List<Change> changes) {
    this.levels = levels;
    this.changes = changes;
  }

  /** A leaf that needs no cutting. */
  record Done(Touched at, Spliced made) {}

  /** A leaf and what came of it. */
  private record Tried(Touched at, StoredLeaf leaf, @Nullable Spliced made) {}

  /** What could be spliced, by the number of its first change. */
  static Map<Integer, Done> of(Levels levels, List<Change> changes) {
    return levels.height() == 0 ? Map.of() : new Splices(levels, changes).run();
  }

  private Map<Integer, Done> run() {
    List<Touched> touched = levels.touched();
    for (int from = 0; from < touched.size(); from += AT_ONCE) {
      List<Touched> some = touched.subList(from, Math.min(touched.size(), from + AT_ONCE));
      Map<Digest, StoredLeaf> leaves = levels.load(some);
      if (touched.size() <= AT_ONCE) {
        tried(some, leaves).forEach(this::settle);
      } else {
        pending.add(CompletableFuture.supplyAsync(() -> tried(some, leaves)));
      }
      if (pending.size() == IN_FLIGHT) {
        await(pending.remove());
      }
    }
    while (!pending.isEmpty()) {
      await(pending.remove());
    }
    return done;
  }

  private void await(CompletableFuture<List<Tried>> some) {
    try {
      some.join().forEach(this::settle);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void settle(Tried tried) {
    Spliced made = tried.made();
    if (made == null) {
      levels.keep(tried.leaf());
    } else {
      done.put(tried.at().from(), new Done(tried.at(), made));
    }
  }

  private List<Tried> tried(List<Touched> some, Map<Digest, StoredLeaf> leaves) {
    List<Tried> tried = new ArrayList<>(some.size());
    for (Touched at : some) {
      StoredLeaf leaf = Nodes.leaf(leaves, at.digest());
      List<Change> its = changes.subList(at.from(), at.to());
      boolean behind = its.getLast().path().compareTo(at.last()) > 0;
      tried.add(new Tried(at, leaf, behind ? null : Splice.of(leaf, its)));
    }
    return tried;
  }
}
