package dev.sluice.catalog.trash;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.dataset.DatasetLineService;
import dev.sluice.catalog.trash.TrashProblem.NotInTrash;
import dev.sluice.catalog.trash.TrashRepository.Listing;
import dev.sluice.events.DatasetEvent.DatasetRestored;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Lists, restores and gives up what is in the trash. */
@ApplicationScoped
class TrashService {
  private final Transactions transactions;
  private final TrashRepository trash;
  private final DatasetLineService datasets;
  private final AuditService audit;
  private final TrashConfig config;
  private final Clock clock;

  TrashService(
      Transactions transactions,
      TrashRepository trash,
      DatasetLineService datasets,
      AuditService audit,
      TrashConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.trash = trash;
    this.datasets = datasets;
    this.audit = audit;
    this.config = config;
    this.clock = clock;
  }

  Uni<Page<Trashed>> list(ProjectScope scope, PageRequest page) {
    UUID after = page.after().isEmpty() ? null : id("cursor", page.after());
    Listing listing = new Listing(page.fetch(), config.keep());
    return transactions
        .reading(session -> trash.page(session, scope, after, listing))
        .map(rows -> Page.of(rows, page, row -> row.id().toString()));
  }

  /** Back under its name, with its versions; 409 when the name is taken meanwhile. */
  Uni<Void> restore(ProjectScope scope, String dataset, @Nullable String reason) {
    UUID id = id("datasetId", dataset);
    String why = AuditService.reason(reason);
    return transactions.in(
        session ->
            lock(session, scope, id)
                .call(name -> datasets.restore(session, scope, new DatasetId(id), name))
                .invoke(() -> CrashPoint.hit("catalog.undelete.beforeFact"))
                .call(
                    name ->
                        audit.record(
                            session,
                            scope,
                            AuditEntry.of(AuditAction.DATASET_RESTORED, id, name).because(why)))
                .flatMap(
                    name ->
                        Outbox.append(
                            session,
                            new DatasetRestored(
                                scope.project(), id, name, scope.caller(), clock.instant()))));
  }

  /** Gives it up before its time; the purge takes it next. */
  Uni<Void> giveUp(ProjectScope scope, String dataset, @Nullable String reason) {
    UUID id = id("datasetId", dataset);
    String why = AuditService.reason(reason);
    return transactions.in(
        session ->
            lock(session, scope, id)
                .call(
                    name ->
                        audit.record(
                            session,
                            scope,
                            AuditEntry.of(AuditAction.DATASET_GIVEN_UP, id, name).because(why)))
                .flatMap(name -> trash.beginPurge(session, scope, id, clock.instant())));
  }

  private Uni<String> lock(Mutiny.Session session, ProjectScope scope, UUID id) {
    return trash
        .lock(session, scope, id)
        .map(
            name ->
                name.orElseThrow(() -> new NotInTrash(scope.project(), id.toString()).exception()));
  }

  private static UUID id(String field, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw InvalidRequest.of(field, text, "an id that the list of the trash gives").exception();
    }
  }
}
