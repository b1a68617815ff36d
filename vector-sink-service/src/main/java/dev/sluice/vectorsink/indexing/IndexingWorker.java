package dev.sluice.vectorsink.indexing;

import dev.sluice.support.problem.Failures;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.vectorsink.indexing.IndexingState.Failed;
import dev.sluice.vectorsink.indexing.IndexingState.Indexed;
import dev.sluice.vectorsink.indexing.IndexingState.Pending;
import dev.sluice.vectorsink.indexing.IndexingState.Running;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Looks for work and does it, one dataset after the other. */
@ApplicationScoped
class IndexingWorker {
  private static final Logger LOG = Logger.getLogger(IndexingWorker.class);

  private final LoopTransactions transactions;
  private final WorkRepository work;
  private final Progress progress;
  private final VersionIndexer indexer;
  private final RemovalService removals;
  private final IndexingConfig config;

  IndexingWorker(
      LoopTransactions transactions,
      WorkRepository work,
      Progress progress,
      VersionIndexer indexer,
      RemovalService removals,
      IndexingConfig config) {
    this.transactions = transactions;
    this.work = work;
    this.progress = progress;
    this.indexer = indexer;
    this.removals = removals;
    this.config = config;
  }

  @Scheduled(
      every = "${sluice.indexing.poll}",
      concurrentExecution = ConcurrentExecution.SKIP,
      identity = "indexing")
  Uni<Void> work() {
    return Multi.createBy()
        .repeating()
        .uni(this::turn)
        .whilst(worked -> worked)
        .collect()
        .last()
        .replaceWithVoid()
        .onFailure()
        .invoke(failure -> LOG.warnf("looks for work again soon: %s", failure.toString()))
        .onFailure()
        .recoverWithNull();
  }

  /** False when there was nothing to do. */
  private Uni<Boolean> turn() {
    return transactions
        .in(session -> work.claimAnyProject(session, progress.holder(), config.lease()))
        .flatMap(
            claimed ->
                claimed
                    .map(dataset -> turnAt(dataset).replaceWith(true))
                    .orElseGet(() -> Uni.createFrom().item(false)));
  }

  private Uni<Void> turnAt(UUID datasetId) {
    return removals
        .next(datasetId)
        .flatMap(removed -> removed ? Uni.createFrom().voidItem() : index(datasetId))
        .onTermination()
        .call(
            () ->
                transactions.in(
                    session -> work.releaseAnyProject(session, datasetId, progress.holder())));
  }

  private Uni<Void> index(UUID datasetId) {
    return transactions
        .in(session -> work.nextIndexingAnyProject(session, datasetId))
        .flatMap(next -> next.map(this::guarded).orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private Uni<Void> guarded(Indexing indexing) {
    return running(indexing)
        .flatMap(running -> indexer.turn(indexing, running))
        .onFailure(failure -> !(failure instanceof SupersededException))
        .recoverWithUni(failure -> waitOrFail(indexing, failure))
        .onFailure(SupersededException.class)
        .recoverWithNull();
  }

  private Uni<Running> running(Indexing indexing) {
    return switch (indexing.state()) {
      case Pending s -> progress.start(indexing);
      case Running s -> Uni.createFrom().item(s);
      case Indexed s -> Uni.createFrom().failure(new SupersededException());
      case Failed s -> Uni.createFrom().failure(new SupersededException());
    };
  }

  private Uni<Void> waitOrFail(Indexing indexing, Throwable failure) {
    String reason = reason(failure);
    boolean known = failure instanceof ProblemException;
    boolean passing = Failures.isTransient(failure);
    if (!passing && (known || indexing.attempts() + 1 >= config.tries())) {
      LOG.errorf(failure, "indexing failed: %s %s", indexing.key(), indexing.version());
      return progress.failed(indexing, reason);
    }
    LOG.warnf("indexing waits: %s %s: %s", indexing.key(), indexing.version(), reason);
    return progress.postpone(indexing, config.waitAfter(indexing.attempts()), reason);
  }

  private static String reason(Throwable failure) {
    return failure instanceof ProblemException known
        ? known.problem().detail()
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
