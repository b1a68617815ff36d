package dev.sluice.catalog.version;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.dataset.Dataset;
import dev.sluice.catalog.dataset.DatasetLineService;
import dev.sluice.catalog.dataset.NewDataset;
import dev.sluice.catalog.file.Content;
import dev.sluice.catalog.version.DraftService.Reservation;
import dev.sluice.events.DatasetEvent.ProducedBy;
import dev.sluice.events.VersionRef;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.http.Idempotency;
import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Makes sealed versions that have the tree of another; nothing is copied. */
@ApplicationScoped
class SuccessionService {
  private final Transactions transactions;
  private final DatasetLineService datasets;
  private final VersionLookupService lookup;
  private final DraftService drafts;
  private final SealService seals;
  private final LinkRepository links;
  private final AuditService audit;
  private final Idempotency idempotency;

  SuccessionService(
      Transactions transactions,
      DatasetLineService datasets,
      VersionLookupService lookup,
      DraftService drafts,
      SealService seals,
      LinkRepository links,
      AuditService audit,
      Idempotency idempotency) {
    this.transactions = transactions;
    this.datasets = datasets;
    this.lookup = lookup;
    this.drafts = drafts;
    this.seals = seals;
    this.links = links;
    this.audit = audit;
    this.idempotency = idempotency;
  }

  /** The dataset's next version, sealed, with the files of an earlier one. */
  Uni<VersionView> rollback(ProjectScope scope, String dataset, String to, @Nullable String key) {
    String operation = "rollback_dataset/" + scope.project() + "/" + dataset;
    IdempotentRequest request = IdempotentRequest.of(scope.caller(), key, operation, to);
    return transactions.in(
        session ->
            idempotency.once(
                session,
                request,
                VersionView.class,
                () ->
                    datasets
                        .lock(session, scope, dataset)
                        .flatMap(
                            locked ->
                                lookup
                                    .usable(session, scope, dataset, to)
                                    .flatMap(v -> succeed(session, scope, locked, v)))));
  }

  /** A new dataset whose first version, sealed, has the files of a version of another. */
  Uni<VersionView> copy(ProjectScope scope, VersionRef of, String name, @Nullable String key) {
    String operation = "clone_version/" + scope.project() + "/" + of.dataset();
    IdempotentRequest request =
        IdempotentRequest.of(scope.caller(), key, operation, of.version() + "/" + name);
    return transactions.in(
        session ->
            idempotency.once(
                session,
                request,
                VersionView.class,
                () ->
                    lookup
                        .usable(session, scope, of.dataset(), of.version())
                        .flatMap(like -> copy(session, scope, like, name))));
  }

  private Uni<VersionView> copy(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset like, String name) {
    Dataset old = like.dataset();
    NewDataset wanted = NewDataset.ofRun(name, old.dataType(), old.about().displayName());
    Reservation reservation =
        new Reservation(ProducedBy.upload(), scope.caller(), List.of(like.version().id()), null);
    return datasets
        .createNew(session, scope, wanted, scope.caller())
        .flatMap(
            made ->
                drafts
                    .reserve(session, scope, made, reservation)
                    .flatMap(draft -> sealed(session, scope, made, draft, like.version())));
  }

  private Uni<VersionView> succeed(
      Mutiny.Session session, ProjectScope scope, Dataset locked, VersionOfDataset parent) {
    return drafts
        .open(session, scope, locked, parent)
        .flatMap(draft -> sealed(session, scope, locked, draft, parent.version()));
  }

  private Uni<VersionView> sealed(
      Mutiny.Session session, ProjectScope scope, Dataset dataset, Version draft, Version like) {
    Content content = new Content(like.root(), like.files(), like.bytes());
    return seals
        .seal(session, scope, new VersionOfDataset(dataset, draft), content)
        .call(done -> audit.record(session, scope, entry(done)))
        .invoke(() -> CrashPoint.hit("catalog.succession.beforeCommit"))
        .flatMap(
            done ->
                links
                    .of(session, scope, draft.id())
                    .map(l -> VersionView.of(done.version(), dataset.name(), l)));
  }

  private static AuditEntry entry(VersionOfDataset sealed) {
    return AuditEntry.of(
            AuditAction.VERSION_SEALED, sealed.dataset().id().value(), sealed.dataset().name())
        .version(sealed.number());
  }
}
