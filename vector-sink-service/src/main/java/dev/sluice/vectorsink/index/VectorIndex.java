package dev.sluice.vectorsink.index;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collections of points. Writes are done when they answer: what was written is read by the next
 * call. A database that is away fails with a transient problem.
 */
public interface VectorIndex {
  /** Makes the collection and its payload indexes, where they are not there yet. */
  Uni<Void> prepare(String collection, int dimension);

  /** Those of the given points that are there, with what may change of them. */
  Uni<Map<UUID, Amendment>> find(String collection, Collection<UUID> ids);

  /** Writes whole points; one that is there is replaced. */
  Uni<Void> upsert(String collection, List<Point> points);

  /** Changes payload only. */
  Uni<Void> amend(String collection, Map<UUID, Amendment> changes);

  /** Removes points; not an error when they, or the collection, are not there. */
  Uni<Void> remove(String collection, PointFilter filter);

  /** Removes points by id. */
  Uni<Void> remove(String collection, Collection<UUID> ids);

  /** The exact number of points. */
  Uni<Long> count(String collection, PointFilter filter);

  /** Points in order of their ids, from {@code from} (inclusive; null: the first) on. */
  Uni<PointPage> scroll(String collection, PointFilter filter, @Nullable UUID from, int limit);

  /** Whether everything written is indexed, not just stored. */
  Uni<Boolean> isGreen(String collection);

  /** The points nearest to a vector, best first. */
  Uni<List<ScoredPoint>> search(String collection, PointFilter filter, float[] question, int limit);
}
