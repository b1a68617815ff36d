package dev.sluice.vectorsink.indexing;

import dev.sluice.support.problem.CommonProblem.PartAway;
import dev.sluice.vectorsink.embedding.EmbeddingService;
import dev.sluice.vectorsink.index.Amendment;
import dev.sluice.vectorsink.index.Membership;
import dev.sluice.vectorsink.index.PointPage;
import dev.sluice.vectorsink.index.VectorIndex;
import dev.sluice.vectorsink.source.SourceService;
import dev.sluice.vectorsink.source.TextRow;
import dev.sluice.vectorsink.source.VersionPosition;
import dev.sluice.vectorsink.source.VersionRows;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What follows the last row: points whose text is gone lose the version, and the version counts as
 * indexed when its points are exactly its rows and the collection is green.
 */
@ApplicationScoped
class VersionCompletion {
  private static final int PAGE = 1000;

  private final VectorIndex index;
  private final SourceService sources;
  private final Progress progress;
  private final EmbeddingService embeddings;
  private final MeterRegistry metrics;

  VersionCompletion(
      VectorIndex index,
      SourceService sources,
      Progress progress,
      EmbeddingService embeddings,
      MeterRegistry metrics) {
    this.index = index;
    this.sources = sources;
    this.progress = progress;
    this.embeddings = embeddings;
    this.metrics = metrics;
  }

  Uni<Void> complete(IndexingJob job) {
    return requireGreen(job)
        .flatMap(green -> wanted(job))
        .flatMap(
            wanted ->
                removeGone(job, wanted)
                    .flatMap(missing -> missing > 0 ? rewind(job, missing) : finish(job, wanted)));
  }

  private Uni<Void> requireGreen(IndexingJob job) {
    return index
        .isGreen(job.collection())
        .invoke(
            green -> {
              if (!green) {
                throw new PartAway("Qdrant (it is still indexing " + job.collection() + ")")
                    .exception();
              }
            })
        .replaceWithVoid();
  }

  /** The points that the version's rows make. */
  private Uni<Set<UUID>> wanted(IndexingJob job) {
    return Uni.createFrom()
        .item(() -> readIds(job))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private Set<UUID> readIds(IndexingJob job) {
    Set<UUID> ids = new HashSet<>();
    String column = job.indexing().recipe().textColumn();
    try (VersionRows rows = sources.rows(job.source(), column, VersionPosition.START)) {
      while (!rows.atEnd()) {
        for (TextRow row : job.allowed(rows.next(PAGE))) {
          ids.add(job.pointOf(row));
        }
      }
    }
    return ids;
  }

  /** Goes through the version's points; completes with how many of the wanted are not there. */
  private Uni<Integer> removeGone(IndexingJob job, Set<UUID> wanted) {
    Set<UUID> missing = new HashSet<>(wanted);
    Map<UUID, Amendment> gone = new HashMap<>();
    AtomicReference<@Nullable UUID> next = new AtomicReference<>();
    return Multi.createBy()
        .repeating()
        .uni(() -> page(job, next.get()))
        .whilst(page -> page.next() != null)
        .invoke(
            page -> {
              next.set(page.next());
              missing.removeAll(page.points().keySet());
              page.points().forEach((id, point) -> putUnless(wanted, id, point, gone));
            })
        .collect()
        .last()
        .flatMap(done -> drop(job, gone))
        .replaceWith(missing::size);
  }

  private static void putUnless(
      Set<UUID> wanted, UUID id, Amendment point, Map<UUID, Amendment> gone) {
    if (!wanted.contains(id)) {
      gone.put(id, point);
    }
  }

  private Uni<PointPage> page(IndexingJob job, @Nullable UUID from) {
    return progress
        .keepLease(job.indexing())
        .flatMap(kept -> index.scroll(job.collection(), job.points(), from, PAGE));
  }

  private Uni<Void> drop(IndexingJob job, Map<UUID, Amendment> gone) {
    Map<UUID, Amendment> closed = new HashMap<>();
    List<UUID> orphans = new ArrayList<>();
    gone.forEach(
        (id, point) -> {
          Membership rest = point.versions().without(job.version(), job.line());
          if (rest.isEmptyOn(job.line())) {
            orphans.add(id);
          } else {
            closed.put(id, point.heldBy(rest));
          }
        });
    metrics.counter("sluice.vectorsink.points", "action", "closed").increment(closed.size());
    metrics.counter("sluice.vectorsink.points", "action", "removed").increment(orphans.size());
    return index
        .amend(job.collection(), closed)
        .flatMap(amended -> index.remove(job.collection(), orphans));
  }

  /** The database lost points, for example because it was restored: they are made again. */
  private Uni<Void> rewind(IndexingJob job, int missing) {
    return progress.rewind(
        job.indexing(), missing + " points were missing at the end; they are made again");
  }

  private Uni<Void> finish(IndexingJob job, Set<UUID> wanted) {
    return index
        .count(job.collection(), job.points())
        .invoke(count -> requireExact(count, wanted.size()))
        .flatMap(count -> requireGreen(job))
        .flatMap(
            green ->
                progress.indexed(
                    job.indexing(), job.collection(), wanted.size(), embeddings.dimension()));
  }

  private static void requireExact(long counted, int wanted) {
    if (counted != wanted) {
      throw new PartAway("Qdrant (it counts " + counted + " of " + wanted + " points)").exception();
    }
  }
}
