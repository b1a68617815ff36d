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
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * All splices of a commit: while some leaves are computed, on the common pool, the next ones are
 * loaded, and those that are done are written. Few are in memory at a time.
 */
final class Splices {
  private static final int AT_ONCE = 64;
  private static final int IN_FLIGHT = 4;
  private static final int WORTH_A_TRIP = 128;

  private final Levels levels;
  private final List<Change> changes;
  private final NodeWriter writer;
  private final Map<Integer, Done> done = new HashMap<>();
  private final Deque<FutureTask<List<Tried>>> pending = new ArrayDeque<>();

  private Splices(Levels levels, List<Change> changes, NodeWriter writer) {
    this.levels = levels;
    this.changes = changes;
    this.writer = writer;
  }

  /** A leaf that needs no cutting; it is handed to the store. */
  record Done(Touched at, Child made) {}

  /** A leaf and what came of it. */
  private record Tried(Touched at, StoredLeaf leaf, @Nullable Spliced made) {}

  /** What could be spliced, by the number of its first change. */
  static Map<Integer, Done> of(Levels levels, List<Change> changes, NodeWriter writer) {
    return levels.height() == 0 ? Map.of() : new Splices(levels, changes, writer).run();
  }

  private Map<Integer, Done> run() {
    List<Touched> touched = levels.touched();
    for (int from = 0; from < touched.size(); from += AT_ONCE) {
      List<Touched> some = touched.subList(from, Math.min(touched.size(), from + AT_ONCE));
      Map<Digest, StoredLeaf> leaves = levels.load(some);
      FutureTask<List<Tried>> task = new FutureTask<>(() -> tried(some, leaves));
      pending.add(task);
      if (touched.size() > AT_ONCE) {
        ForkJoinPool.commonPool().execute(task);
      }
      while (!pending.isEmpty() && (pending.size() == IN_FLIGHT || pending.element().isDone())) {
        settle();
      }
    }
    while (!pending.isEmpty()) {
      settle();
    }
    return done;
  }

  /** Takes the oldest leaves; those that nobody computes yet are computed here. */
  private void settle() {
    if (!pending.element().isDone()) {
      pending.getLast().run();
    }
    FutureTask<List<Tried>> oldest = pending.remove();
    oldest.run();
    Waiting.result(oldest).forEach(this::settle);
    writer.handOver(WORTH_A_TRIP);
  }

  private void settle(Tried tried) {
    Spliced made = tried.made();
    if (made == null) {
      levels.keep(tried.leaf());
    } else {
      done.put(tried.at().from(), new Done(tried.at(), made.child()));
      writer.add(made.node());
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
