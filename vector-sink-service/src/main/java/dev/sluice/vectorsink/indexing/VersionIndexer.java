package dev.sluice.vectorsink.indexing;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.vectorsink.embedding.EmbeddingService;
import dev.sluice.vectorsink.index.CollectionNames;
import dev.sluice.vectorsink.index.VectorIndex;
import dev.sluice.vectorsink.index.VersionLine;
import dev.sluice.vectorsink.indexing.IndexingState.Running;
import dev.sluice.vectorsink.indexing.ProgressRepository.Advance;
import dev.sluice.vectorsink.source.SourceService;
import dev.sluice.vectorsink.source.TextRow;
import dev.sluice.vectorsink.source.VersionPosition;
import dev.sluice.vectorsink.source.VersionRows;
import dev.sluice.vectorsink.source.VersionSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One turn at a version: from the stored row on, until the end or until others may go first. */
@ApplicationScoped
class VersionIndexer {
  private final Progress progress;
  private final SourceService sources;
  private final BatchIndexer batches;
  private final VersionCompletion completion;
  private final Destination destination;

  VersionIndexer(
      Progress progress,
      SourceService sources,
      BatchIndexer batches,
      VersionCompletion completion,
      Destination destination) {
    this.progress = progress;
    this.sources = sources;
    this.batches = batches;
    this.completion = completion;
    this.destination = destination;
  }

  /** Runs a turn for work that is in state indexing. */
  Uni<Void> turn(Indexing indexing, Running running) {
    return destination
        .prepare(indexing)
        .flatMap(ready -> sources.open(indexing.key(), indexing.version().toString()))
        .flatMap(source -> job(indexing, source))
        .flatMap(job -> rowsFrom(job, running.next()));
  }

  private Uni<IndexingJob> job(Indexing indexing, VersionSource source) {
    return progress
        .indexedVersions(indexing)
        .flatMap(
            versions ->
                progress
                    .erased(indexing)
                    .map(erased -> job(indexing, source, versions, Set.copyOf(erased))));
  }

  private IndexingJob job(
      Indexing indexing, VersionSource source, Collection<Integer> versions, Set<String> erased) {
    TreeSet<Integer> line = new TreeSet<>(versions);
    line.add(indexing.version().number());
    return new IndexingJob(
        indexing, destination.collectionOf(indexing), new VersionLine(line), source, erased);
  }

  private Uni<Void> rowsFrom(IndexingJob job, VersionPosition start) {
    VersionRows rows = sources.rows(job.source(), job.indexing().recipe().textColumn(), start);
    return Multi.createBy()
        .repeating()
        .uni(() -> batch(job, rows))
        .whilst(more -> more)
        .select()
        .first(progress.batchesPerTurn())
        .collect()
        .last()
        .onTermination()
        .invoke(rows::close)
        .flatMap(
            more ->
                Boolean.TRUE.equals(more) ? Uni.createFrom().voidItem() : completion.complete(job));
  }

  /** True when more rows follow. */
  private Uni<Boolean> batch(IndexingJob job, VersionRows rows) {
    return onWorker(() -> rows.next(progress.batchRows()))
        .flatMap(
            batch ->
                batch.isEmpty()
                    ? Uni.createFrom().item(false)
                    : batches
                        .index(job, batch)
                        .flatMap(points -> advance(job, rows.position(), batch, points))
                        .replaceWith(true));
  }

  private Uni<Void> advance(
      IndexingJob job, VersionPosition next, List<TextRow> batch, int points) {
    CrashPoint.hit("indexing.beforeProgress");
    return progress.advance(job.indexing(), new Advance(next, batch.size(), points));
  }

  private static <T> Uni<T> onWorker(java.util.function.Supplier<T> work) {
    return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  /** The collection that a version goes to. */
  @ApplicationScoped
  static class Destination {
    private final VectorIndex index;
    private final CollectionNames names;
    private final EmbeddingService embeddings;

    Destination(VectorIndex index, CollectionNames names, EmbeddingService embeddings) {
      this.index = index;
      this.names = names;
      this.embeddings = embeddings;
    }

    String collectionOf(Indexing indexing) {
      return names.of(indexing.key());
    }

    Uni<Void> prepare(Indexing indexing) {
      return index.prepare(collectionOf(indexing), embeddings.dimension());
    }
  }

  /** The scope in which background work reads. */
  static ProjectScope scopeOf(Indexing indexing) {
    return ProjectScope.system(indexing.key().project());
  }
}
