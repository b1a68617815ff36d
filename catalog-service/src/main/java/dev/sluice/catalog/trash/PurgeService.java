package dev.sluice.catalog.trash;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.trash.PurgeRepository.Doomed;
import dev.sluice.events.DatasetEvent.DatasetPurged;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Removes datasets whose time in the trash is over, a batch for each transaction, so that no
 * transaction grows with a dataset. Each batch locks the dataset's row: replicas share the work,
 * and whoever comes after a crash goes on where it stopped.
 */
@ApplicationScoped
class PurgeService {
  private final Transactions transactions;
  private final PurgeRepository rows;
  private final AuditService audit;
  private final TrashConfig config;
  private final Clock clock;

  PurgeService(
      Transactions transactions,
      PurgeRepository rows,
      AuditService audit,
      TrashConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.rows = rows;
    this.audit = audit;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      every = "${sluice.catalog.trash.purge-every:60s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> purge() {
    return Uni.createFrom()
        .deferred(this::batch)
        .repeat()
        .whilst(more -> more)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** Whether there may be more to do. */
  private Uni<Boolean> batch() {
    Instant now = clock.instant();
    return transactions.in(
        session ->
            rows.takeAnyProject(session, now.minus(config.keep()), now)
                .flatMap(
                    taken ->
                        taken.isPresent()
                            ? batch(session, taken.orElseThrow(), now).replaceWith(true)
                            : Uni.createFrom().item(false)));
  }

  private Uni<Void> batch(Mutiny.Session session, Doomed doomed, Instant now) {
    ProjectScope scope = ProjectScope.system(doomed.project());
    return rows.removeContent(session, scope, doomed.id(), config.batch())
        .invoke(() -> CrashPoint.hit("catalog.purge.beforeCommit"))
        .flatMap(
            removed ->
                removed > 0 ? Uni.createFrom().voidItem() : remove(session, scope, doomed, now));
  }

  private Uni<Void> remove(Mutiny.Session session, ProjectScope scope, Doomed doomed, Instant now) {
    return rows.removeVersions(session, scope, doomed.id())
        .chain(() -> rows.removeDataset(session, scope, doomed, now))
        .invoke(() -> CrashPoint.hit("catalog.purge.beforeFact"))
        .chain(
            () ->
                audit.record(
                    session,
                    scope,
                    AuditEntry.of(AuditAction.DATASET_PURGED, doomed.id(), doomed.name())))
        .chain(
            () ->
                Outbox.append(
                    session, new DatasetPurged(doomed.project(), doomed.id(), doomed.name(), now)));
  }
}
