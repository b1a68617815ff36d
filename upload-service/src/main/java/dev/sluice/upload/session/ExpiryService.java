package dev.sluice.upload.session;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.session.CleanupRepository.Stale;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** Gives up what nobody finishes. */
@ApplicationScoped
class ExpiryService {
  private static final int BATCH = 200;

  private final Transactions transactions;
  private final CleanupRepository rows;
  private final AbortService aborts;
  private final Clock clock;

  ExpiryService(
      Transactions transactions, CleanupRepository rows, AbortService aborts, Clock clock) {
    this.transactions = transactions;
    this.rows = rows;
    this.aborts = aborts;
    this.clock = clock;
  }

  @Scheduled(
      every = "${sluice.upload.expiry-every:60s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return transactions
        .reading(session -> rows.staleAnyProject(session, clock.instant(), BATCH))
        .flatMap(this::abort);
  }

  private Uni<Void> abort(List<Stale> stale) {
    return Multi.createFrom()
        .iterable(stale)
        .onItem()
        .transformToUniAndConcatenate(
            s -> aborts.abort(ProjectScope.system(s.project()), new UploadId(s.id()), s.reason()))
        .collect()
        .last()
        .replaceWithVoid();
  }
}
