package dev.sluice.catalog.version;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.dataset.DatasetLineService;
import dev.sluice.catalog.version.VersionProblem.VersionInUse;
import dev.sluice.catalog.version.VersionProblem.VersionIsWithdrawn;
import dev.sluice.catalog.version.VersionProblem.VersionNotSealed;
import dev.sluice.catalog.version.VersionProblem.VersionSealed;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Dropped;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.catalog.version.VersionState.Purged;
import dev.sluice.catalog.version.VersionState.Released;
import dev.sluice.catalog.version.VersionState.Sealed;
import dev.sluice.catalog.version.VersionState.Withdrawn;
import dev.sluice.catalog.version.VersionView.Links;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.http.Idempotency;
import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What people do with versions. */
@ApplicationScoped
class VersionService {
  private final Transactions transactions;
  private final VersionLookupService lookup;
  private final DatasetLineService datasets;
  private final VersionRepository versions;
  private final LinkRepository links;
  private final DraftService drafts;
  private final SealService seals;
  private final StateService states;
  private final VersionNames names;
  private final AuditService audit;
  private final Idempotency idempotency;
  private final Clock clock;

  VersionService(
      Transactions transactions,
      VersionLookupService lookup,
      DatasetLineService datasets,
      VersionRepository versions,
      LinkRepository links,
      DraftService drafts,
      SealService seals,
      StateService states,
      VersionNames names,
      AuditService audit,
      Idempotency idempotency,
      Clock clock) {
    this.transactions = transactions;
    this.lookup = lookup;
    this.datasets = datasets;
    this.versions = versions;
    this.links = links;
    this.drafts = drafts;
    this.seals = seals;
    this.states = states;
    this.names = names;
    this.audit = audit;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /** A draft, with the files of another version of the dataset when {@code parent} names one. */
  Uni<VersionView> open(
      ProjectScope scope, String dataset, @Nullable String parent, @Nullable String key) {
    String operation = "open_draft/" + scope.project() + "/" + dataset;
    String body = "" + parent;
    IdempotentRequest request = IdempotentRequest.of(scope.caller(), key, operation, body);
    return transactions.in(
        session ->
            idempotency.once(
                session, request, VersionView.class, () -> open(session, scope, dataset, parent)));
  }

  private Uni<VersionView> open(
      Mutiny.Session session, ProjectScope scope, String dataset, @Nullable String parent) {
    return datasets
        .lock(session, scope, dataset)
        .flatMap(
            locked ->
                parentOf(session, scope, dataset, parent)
                    .flatMap(p -> drafts.open(session, scope, locked, p))
                    .map(draft -> VersionView.of(draft, locked.name(), Links.NONE)));
  }

  private Uni<@Nullable VersionOfDataset> parentOf(
      Mutiny.Session session, ProjectScope scope, String dataset, @Nullable String parent) {
    return parent == null
        ? Uni.createFrom().nullItem()
        : lookup.usable(session, scope, dataset, parent).map(found -> found);
  }

  Uni<VersionView> get(ProjectScope scope, String dataset, String version) {
    return transactions.reading(
        session ->
            lookup
                .get(session, scope, dataset, version)
                .flatMap(found -> view(session, scope, found)));
  }

  Uni<Page<VersionView>> list(ProjectScope scope, String dataset, PageRequest page) {
    return transactions.reading(
        session ->
            datasets
                .get(session, scope, dataset)
                .flatMap(
                    d ->
                        versions
                            .page(session, scope, d.id(), page)
                            .map(rows -> Page.of(rows, page, v -> v.number().toString()))
                            .flatMap(
                                rows ->
                                    views(session, scope, rows.map(v -> new VersionOfDataset(d, v)))
                                        .map(all -> new Page<>(all, rows.nextCursor())))));
  }

  Uni<VersionView> seal(ProjectScope scope, String dataset, String version, SealRequest expected) {
    expected.checkedFiles();
    expected.checkedDigest();
    return transactions
        .in(
            session ->
                lookup
                    .lock(session, scope, dataset, version)
                    .flatMap(locked -> seal(session, scope, locked, expected))
                    .flatMap(found -> view(session, scope, found)))
        .invoke(() -> CrashPoint.hit("catalog.seal.afterCommit"));
  }

  Uni<VersionView> release(ProjectScope scope, String dataset, String version, StateChange change) {
    String why = AuditService.reason(change.reason());
    return transactions.in(
        session ->
            lookup
                .lock(session, scope, dataset, version)
                .invoke(locked -> locked.version().refusePurged())
                .flatMap(locked -> release(session, scope, locked, why))
                .flatMap(released -> view(session, scope, released)));
  }

  /** 409 for what an alias points at, unless it is forced. */
  Uni<VersionView> withdraw(
      ProjectScope scope, String dataset, String version, StateChange change) {
    String why = AuditService.reason(change.reason());
    return transactions.in(
        session ->
            lookup
                .lock(session, scope, dataset, version)
                .invoke(locked -> locked.version().refusePurged())
                .call(locked -> refuseInUse(session, scope, locked, change))
                .flatMap(locked -> withdraw(session, scope, locked, why))
                .flatMap(withdrawn -> view(session, scope, withdrawn)));
  }

  /** Gives up a draft of people; 409 for a version whose content is final. */
  Uni<Void> drop(ProjectScope scope, String dataset, String version, @Nullable String reason) {
    String given = AuditService.reason(reason);
    String why = given == null ? "dropped by " + scope.caller() : given;
    return transactions.in(
        session ->
            lookup
                .lock(session, scope, dataset, version)
                .invoke(SealService::refuseReserved)
                .invoke(VersionService::refuseFinal)
                .flatMap(draft -> drafts.drop(session, scope, draft, why)));
  }

  private Uni<VersionOfDataset> seal(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset locked, SealRequest expected) {
    String why = AuditService.reason(expected.reason());
    return seals
        .seal(session, scope, locked, expected)
        .call(
            done ->
                locked.version().state() instanceof Draft
                    ? record(session, scope, of(AuditAction.VERSION_SEALED, done, why))
                    : Uni.createFrom().voidItem());
  }

  private Uni<VersionOfDataset> release(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset locked, @Nullable String why) {
    return switch (locked.version().state()) {
      case Sealed s ->
          states.become(session, scope, locked, s.released(scope.caller(), clock.instant(), why));
      case Released s -> Uni.createFrom().item(locked);
      case Withdrawn s ->
          throw new VersionIsWithdrawn(locked.dataset().name(), locked.number()).exception();
      case Purged s -> throw new IllegalStateException("refused before");
      case Draft s -> throw notSealed(locked);
      case Dropped s -> throw notSealed(locked);
    };
  }

  private Uni<VersionOfDataset> withdraw(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset locked, @Nullable String why) {
    return switch (locked.version().state()) {
      case Sealed s ->
          states.become(session, scope, locked, s.withdrawn(scope.caller(), clock.instant(), why));
      case Released s ->
          states.become(session, scope, locked, s.withdrawn(scope.caller(), clock.instant(), why));
      case Withdrawn s -> Uni.createFrom().item(locked);
      case Purged s -> throw new IllegalStateException("refused before");
      case Draft s -> throw notSealed(locked);
      case Dropped s -> throw notSealed(locked);
    };
  }

  private Uni<Void> refuseInUse(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset locked, StateChange change) {
    if (change.forced()) {
      return Uni.createFrom().voidItem();
    }
    return names
        .inUse(session, scope, locked.dataset().id(), locked.version().number())
        .invoke(
            aliases -> {
              if (!aliases.isEmpty()) {
                throw new VersionInUse(locked.dataset().name(), locked.number(), aliases)
                    .exception();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> record(Mutiny.Session session, ProjectScope scope, AuditEntry entry) {
    return audit.record(session, scope, entry);
  }

  private static AuditEntry of(AuditAction action, VersionOfDataset found, @Nullable String why) {
    return AuditEntry.of(action, found.dataset().id().value(), found.dataset().name())
        .version(found.number())
        .because(why);
  }

  private Uni<VersionView> view(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset found) {
    return links
        .of(session, scope, found.version().id())
        .map(l -> VersionView.of(found.version(), found.dataset().name(), l));
  }

  private Uni<List<VersionView>> views(
      Mutiny.Session session, ProjectScope scope, Page<VersionOfDataset> page) {
    return Multi.createFrom()
        .iterable(page.items())
        .onItem()
        .transformToUniAndConcatenate(found -> view(session, scope, found))
        .collect()
        .asList();
  }

  private static void refuseFinal(VersionOfDataset found) {
    if (found.version().state() instanceof Final) {
      throw new VersionSealed(found.dataset().name(), found.number()).exception();
    }
  }

  private static RuntimeException notSealed(VersionOfDataset found) {
    return new VersionNotSealed(found.dataset().name(), found.number()).exception();
  }
}
