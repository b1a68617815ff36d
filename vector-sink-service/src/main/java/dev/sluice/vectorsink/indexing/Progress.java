package dev.sluice.vectorsink.indexing;

import dev.sluice.events.SluiceEvent;
import dev.sluice.events.VectorEvent.VectorIndexingFailed;
import dev.sluice.events.VectorEvent.VectorsIndexed;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.tracing.TraceContext;
import dev.sluice.vectorsink.indexing.IndexingState.Running;
import dev.sluice.vectorsink.indexing.ProgressRepository.Advance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The stored side of the work on a version. Each step also keeps the lease of the dataset; a step
 * of work that was superseded fails.
 */
@ApplicationScoped
class Progress {
  private final String holder = UUID.randomUUID().toString();
  private final LoopTransactions transactions;
  private final ProgressRepository repository;
  private final WorkRepository work;
  private final IndexingRepository indexings;
  private final IndexingConfig config;

  Progress(
      LoopTransactions transactions,
      ProgressRepository repository,
      WorkRepository work,
      IndexingRepository indexings,
      IndexingConfig config) {
    this.transactions = transactions;
    this.repository = repository;
    this.work = work;
    this.indexings = indexings;
    this.config = config;
  }

  /** The name under which this replica holds leases. */
  String holder() {
    return holder;
  }

  int batchRows() {
    return config.batchRows();
  }

  int batchesPerTurn() {
    return config.batchesPerTurn();
  }

  Uni<List<Integer>> indexedVersions(Indexing indexing) {
    ProjectScope scope = ProjectScope.system(indexing.key().project());
    return transactions.in(
        session ->
            indexings.indexedVersions(
                session, scope, indexing.datasetId(), indexing.recipeDigest()));
  }

  /** The contents whose texts must not come into an index of the project again. */
  Uni<List<String>> erased(Indexing indexing) {
    ProjectScope scope = ProjectScope.system(indexing.key().project());
    return transactions.in(session -> indexings.erased(session, scope));
  }

  /** From pending to indexing, at the first row. */
  Uni<Running> start(Indexing indexing) {
    Running running = new IndexingState.Pending().started();
    return step(indexing, session -> repository.startAnyProject(session, indexing))
        .replaceWith(running);
  }

  Uni<Void> advance(Indexing indexing, Advance advance) {
    return step(indexing, session -> repository.advanceAnyProject(session, indexing, advance));
  }

  Uni<Void> rewind(Indexing indexing, String note) {
    return step(indexing, session -> repository.rewindAnyProject(session, indexing, note));
  }

  /** Keeps the lease during long work that stores nothing. */
  Uni<Void> keepLease(Indexing indexing) {
    return step(indexing, session -> Uni.createFrom().item(1));
  }

  /** The version can be searched; the fact commits with it. */
  Uni<Void> indexed(Indexing indexing, String collection, long points, int dimension) {
    return step(
        indexing,
        session ->
            repository
                .indexedAnyProject(session, indexing, points)
                .invoke(SupersededException::unlessOne)
                .call(
                    () ->
                        say(
                            session,
                            indexing,
                            new VectorsIndexed(
                                indexing.key().project(),
                                indexing.datasetId(),
                                indexing.key().dataset(),
                                indexing.version().toString(),
                                collection,
                                points,
                                indexing.recipe().model(),
                                dimension,
                                indexing.recipeDigest(),
                                Instant.now()))));
  }

  /** Somebody has to look; the fact commits with it. */
  Uni<Void> failed(Indexing indexing, String reason) {
    return step(
        indexing,
        session ->
            repository
                .failedAnyProject(session, indexing, reason)
                .invoke(SupersededException::unlessOne)
                .call(
                    () ->
                        say(
                            session,
                            indexing,
                            new VectorIndexingFailed(
                                indexing.key().project(),
                                indexing.datasetId(),
                                indexing.key().dataset(),
                                indexing.version().toString(),
                                reason,
                                Instant.now()))));
  }

  private static Uni<Void> say(Mutiny.Session session, Indexing indexing, SluiceEvent fact) {
    return TraceContext.continuing(
        indexing.traceparent(), "index version", () -> Outbox.append(session, fact));
  }

  /** Tries again later. */
  Uni<Void> postpone(Indexing indexing, Duration wait, String note) {
    return step(indexing, session -> repository.postponeAnyProject(session, indexing, wait, note));
  }

  private Uni<Void> step(Indexing indexing, Function<Mutiny.Session, Uni<Integer>> change) {
    return transactions
        .in(
            session ->
                work.renewAnyProject(session, indexing.datasetId(), holder, config.lease())
                    .invoke(SupersededException::unlessOne)
                    .flatMap(renewed -> change.apply(session))
                    .invoke(SupersededException::unlessOne))
        .replaceWithVoid();
  }
}
