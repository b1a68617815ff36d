package dev.sluice.catalog.dataset;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.events.DatasetEvent.DatasetDeleted;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.http.Idempotency;
import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Registers, describes, finds and trashes datasets. */
@ApplicationScoped
class DatasetService {
  private final Transactions transactions;
  private final DatasetRepository datasets;
  private final DatasetListRepository lists;
  private final DatasetLineService line;
  private final AuditService audit;
  private final Idempotency idempotency;
  private final Clock clock;

  DatasetService(
      Transactions transactions,
      DatasetRepository datasets,
      DatasetListRepository lists,
      DatasetLineService line,
      AuditService audit,
      Idempotency idempotency,
      Clock clock) {
    this.transactions = transactions;
    this.datasets = datasets;
    this.lists = lists;
    this.line = line;
    this.audit = audit;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  Uni<DatasetView> create(ProjectScope scope, NewDataset wanted, @Nullable String key) {
    wanted.checkedName();
    wanted.checkedType();
    wanted.checkedDescription();
    String operation = "create_dataset/" + scope.project();
    IdempotentRequest request = IdempotentRequest.of(scope.caller(), key, operation, wanted);
    return transactions.in(
        session ->
            idempotency.once(
                session, request, DatasetView.class, () -> create(session, scope, wanted)));
  }

  Uni<DatasetView> get(ProjectScope scope, String name) {
    return transactions.reading(session -> line.get(session, scope, name)).map(DatasetView::of);
  }

  Uni<Page<DatasetView>> list(
      ProjectScope scope, DatasetFilter filter, DatasetOrder order, PageRequest page) {
    Optional<DatasetPosition> after = DatasetPosition.of(page, order, filter);
    return transactions
        .reading(session -> lists.page(session, scope, filter, order, after, page.fetch()))
        .map(
            (List<Dataset> rows) ->
                Page.of(rows, page, last -> DatasetPosition.behind(last, order, filter))
                    .map(DatasetView::of));
  }

  Uni<DatasetView> change(
      ProjectScope scope, String name, DatasetChange change, @Nullable String ifMatch) {
    return transactions.in(
        session ->
            line.lock(session, scope, name)
                .invoke(dataset -> EntityTags.required(ifMatch, dataset))
                .map(d -> d.described(change.appliedTo(d.about()), clock.instant()))
                .call(changed -> datasets.describe(session, scope, changed))
                .call(changed -> audit.record(session, scope, changed(changed)))
                .map(DatasetView::of));
  }

  /** Into the trash: it is no longer listed and its name is free again. */
  Uni<Void> delete(
      ProjectScope scope, String name, @Nullable String ifMatch, @Nullable String reason) {
    Instant now = clock.instant();
    String why = AuditService.reason(reason);
    return transactions.in(
        session ->
            line.lock(session, scope, name)
                .invoke(dataset -> EntityTags.optional(ifMatch, dataset))
                .call(d -> datasets.trash(session, scope, d.id(), scope.caller(), now))
                .invoke(() -> CrashPoint.hit("catalog.delete.beforeFact"))
                .call(d -> audit.record(session, scope, trashed(d, why)))
                .flatMap(d -> Outbox.append(session, deleted(scope, d, now))));
  }

  private Uni<DatasetView> create(Mutiny.Session session, ProjectScope scope, NewDataset wanted) {
    return line.createNew(session, scope, wanted, scope.caller()).map(DatasetView::of);
  }

  private static DatasetDeleted deleted(ProjectScope scope, Dataset dataset, Instant at) {
    return new DatasetDeleted(
        dataset.project(), dataset.id().value(), dataset.name(), scope.caller(), at);
  }

  private static AuditEntry changed(Dataset dataset) {
    return AuditEntry.of(AuditAction.DATASET_CHANGED, dataset.id().value(), dataset.name())
        .with("revision", dataset.revision());
  }

  private static AuditEntry trashed(Dataset dataset, @Nullable String why) {
    return AuditEntry.of(AuditAction.DATASET_DELETED, dataset.id().value(), dataset.name())
        .because(why);
  }
}
