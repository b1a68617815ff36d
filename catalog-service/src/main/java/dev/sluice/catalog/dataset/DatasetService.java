package dev.sluice.catalog.dataset;

import dev.sluice.events.DatasetEvent.DatasetDeleted;
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
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Registers, describes, finds and trashes datasets. */
@ApplicationScoped
class DatasetService {
  private final Transactions transactions;
  private final DatasetRepository datasets;
  private final DatasetLineService line;
  private final Idempotency idempotency;
  private final Clock clock;

  DatasetService(
      Transactions transactions,
      DatasetRepository datasets,
      DatasetLineService line,
      Idempotency idempotency,
      Clock clock) {
    this.transactions = transactions;
    this.datasets = datasets;
    this.line = line;
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

  Uni<Page<DatasetView>> list(ProjectScope scope, DatasetFilter filter, PageRequest page) {
    return transactions
        .reading(session -> datasets.page(session, scope, filter, page))
        .map((List<Dataset> rows) -> Page.of(rows, page, Dataset::name).map(DatasetView::of));
  }

  Uni<DatasetView> change(
      ProjectScope scope, String name, DatasetChange change, @Nullable String ifMatch) {
    return transactions.in(
        session ->
            line.lock(session, scope, name)
                .invoke(dataset -> EntityTags.required(ifMatch, dataset))
                .map(dataset -> dataset.described(change.appliedTo(dataset.about())))
                .call(changed -> datasets.describe(session, scope, changed))
                .map(DatasetView::of));
  }

  /** Into the trash: it is no longer listed and its name is free again. */
  Uni<Void> delete(ProjectScope scope, String name, @Nullable String ifMatch) {
    Instant now = clock.instant();
    return transactions.in(
        session ->
            line.lock(session, scope, name)
                .invoke(dataset -> EntityTags.optional(ifMatch, dataset))
                .call(d -> datasets.trash(session, scope, d.id(), scope.caller(), now))
                .flatMap(d -> Outbox.append(session, deleted(scope, d, now))));
  }

  private Uni<DatasetView> create(Mutiny.Session session, ProjectScope scope, NewDataset wanted) {
    return line.createNew(session, scope, wanted, scope.caller()).map(DatasetView::of);
  }

  private static DatasetDeleted deleted(ProjectScope scope, Dataset dataset, Instant at) {
    return new DatasetDeleted(
        dataset.project(), dataset.id().value(), dataset.name(), scope.caller(), at);
  }
}
