package dev.sluice.catalog.alias;

import dev.sluice.catalog.alias.AliasProblem.AliasNotFound;
import dev.sluice.catalog.alias.AliasProblem.ExpectedRequired;
import dev.sluice.catalog.alias.AliasProblem.MovedMeanwhile;
import dev.sluice.catalog.alias.AliasProblem.NameTaken;
import dev.sluice.catalog.alias.AliasProblem.TagSet;
import dev.sluice.catalog.alias.AliasRepository.Before;
import dev.sluice.catalog.alias.AliasRepository.Moved;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.dataset.Dataset;
import dev.sluice.catalog.dataset.DatasetLineService;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.catalog.version.VersionNumber;
import dev.sluice.events.DatasetEvent.AliasMoved;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Points names at versions; the dataset's lock makes each move one step for everybody. */
@ApplicationScoped
class AliasService {
  private static final String LATEST = "latest";
  private static final String ANY = "*";

  private final Transactions transactions;
  private final DatasetLineService datasets;
  private final VersionLookupService versions;
  private final AliasRepository names;
  private final AuditService audit;
  private final Clock clock;

  AliasService(
      Transactions transactions,
      DatasetLineService datasets,
      VersionLookupService versions,
      AliasRepository names,
      AuditService audit,
      Clock clock) {
    this.transactions = transactions;
    this.datasets = datasets;
    this.versions = versions;
    this.names = names;
    this.audit = audit;
    this.clock = clock;
  }

  /** All of a kind; {@code latest} is the first alias once a version is sealed. */
  Uni<List<AliasView>> list(ProjectScope scope, String dataset, NameKind kind) {
    return transactions.reading(
        session ->
            datasets
                .get(session, scope, dataset)
                .flatMap(
                    d ->
                        names
                            .list(session, scope, d.id(), kind)
                            .map(found -> views(d, kind, found))));
  }

  Uni<AliasView> get(ProjectScope scope, String dataset, NameKind kind, String name) {
    return transactions.reading(
        session ->
            datasets
                .get(session, scope, dataset)
                .flatMap(d -> view(session, scope, d, kind, name)));
  }

  Uni<Page<AliasView.Move>> history(
      ProjectScope scope, String dataset, String name, PageRequest page) {
    Before before = new Before(before(page.after()), page.fetch());
    return transactions
        .reading(
            session ->
                datasets
                    .get(session, scope, dataset)
                    .flatMap(d -> names.history(session, scope, d.id(), name, before)))
        .map(rows -> Page.of(rows, page, move -> Long.toString(move.id())));
  }

  /** Points a name at a sealed version; a move of an alias needs what the caller expects. */
  Uni<AliasView> put(
      ProjectScope scope, String dataset, Named named, NameMove move, @Nullable String ifMatch) {
    String name = VersionName.checked(named.name());
    String version = move.checkedVersion();
    move.checkedReason();
    return transactions.in(
        session ->
            datasets
                .lock(session, scope, dataset)
                .flatMap(
                    d ->
                        names
                            .find(session, scope, d.id(), name)
                            .invoke(old -> old.ifPresent(o -> refuse(o, named, move, ifMatch)))
                            .flatMap(
                                old ->
                                    versions
                                        .usable(session, scope, dataset, version)
                                        .map(target -> target.version().number())
                                        .invoke(to -> refuseMoveOfTag(old, to, move))
                                        .flatMap(
                                            to -> point(session, scope, d, named, old, to, move)))
                            .map(now -> AliasView.of(d, now))));
  }

  Uni<Void> remove(
      ProjectScope scope,
      String dataset,
      Named named,
      @Nullable String ifMatch,
      @Nullable String reason) {
    String why = AuditService.reason(reason);
    return transactions.in(
        session ->
            datasets
                .lock(session, scope, dataset)
                .flatMap(
                    d ->
                        names
                            .find(session, scope, d.id(), named.name())
                            .map(found -> known(d, named, found))
                            .invoke(old -> refuseOther(old, ifMatch))
                            .call(old -> names.remove(session, scope, d.id(), old.name()))
                            .flatMap(old -> tell(session, scope, d, old, moved(old, null, why)))));
  }

  private Uni<VersionName> point(
      Mutiny.Session session,
      ProjectScope scope,
      Dataset dataset,
      Named named,
      Optional<VersionName> old,
      VersionNumber to,
      NameMove move) {
    if (old.isPresent() && old.orElseThrow().number().equals(to)) {
      return Uni.createFrom().item(old.orElseThrow());
    }
    Instant now = clock.instant();
    Moved moved =
        new Moved(old.map(VersionName::number).orElse(null), to, now, move.checkedReason());
    return names
        .moves(session, scope, dataset.id(), named.name())
        .map(
            count ->
                new VersionName(named.name(), named.kind(), to, count + 1, scope.caller(), now))
        .call(next -> names.put(session, scope, dataset.id(), next))
        .call(next -> tell(session, scope, dataset, next, moved));
  }

  private Uni<Void> tell(
      Mutiny.Session session, ProjectScope scope, Dataset dataset, VersionName name, Moved move) {
    AuditEntry entry =
        AuditEntry.of(
                move.to() == null ? name.kind().removed() : name.kind().moved(),
                dataset.id().value(),
                dataset.name())
            .object(name.name())
            .because(move.reason())
            .with("from", move.from())
            .with("to", move.to());
    return names
        .addMove(session, scope, dataset.id(), name.name(), move)
        .invoke(() -> CrashPoint.hit("catalog.alias.beforeFact"))
        .chain(() -> audit.record(session, scope, entry))
        .chain(() -> Outbox.append(session, fact(scope, dataset, name, move)));
  }

  private Uni<AliasView> view(
      Mutiny.Session session, ProjectScope scope, Dataset dataset, NameKind kind, String name) {
    Integer latest = dataset.latestNumber();
    if (name.equals(LATEST) && kind == NameKind.ALIAS && latest != null) {
      return Uni.createFrom().item(AliasView.latest(dataset, latest));
    }
    return names
        .find(session, scope, dataset.id(), name)
        .map(found -> AliasView.of(dataset, known(dataset, new Named(kind, name), found)));
  }

  private Moved moved(VersionName old, @Nullable VersionNumber to, @Nullable String why) {
    return new Moved(old.number(), to, clock.instant(), why);
  }

  private static List<AliasView> views(Dataset dataset, NameKind kind, List<VersionName> found) {
    List<AliasView> all = new ArrayList<>();
    Integer latest = dataset.latestNumber();
    if (kind == NameKind.ALIAS && latest != null) {
      all.add(AliasView.latest(dataset, latest));
    }
    found.forEach(name -> all.add(AliasView.of(dataset, name)));
    return all;
  }

  private static VersionName known(Dataset dataset, Named named, Optional<VersionName> found) {
    return found
        .filter(name -> name.kind() == named.kind())
        .orElseThrow(() -> new AliasNotFound(dataset.name(), named.name()).exception());
  }

  private static void refuse(
      VersionName old, Named named, NameMove move, @Nullable String ifMatch) {
    if (old.kind() != named.kind()) {
      throw new NameTaken(old.name(), old.kind().text()).exception();
    }
    refuseOther(old, ifMatch);
    String expected = move.expected();
    if (expected != null && !expected.equals(old.number().toString())) {
      throw new MovedMeanwhile(old.name(), expected, old.number().toString()).exception();
    }
    if (old.kind() == NameKind.ALIAS && ifMatch == null && expected == null) {
      throw new ExpectedRequired(old.name(), old.number().toString()).exception();
    }
  }

  private static void refuseMoveOfTag(Optional<VersionName> old, VersionNumber to, NameMove move) {
    if (old.isPresent()
        && old.orElseThrow().kind() == NameKind.TAG
        && !old.orElseThrow().number().equals(to)
        && !move.moves()) {
      throw new TagSet(old.orElseThrow().name(), old.orElseThrow().number().toString()).exception();
    }
  }

  private static void refuseOther(VersionName old, @Nullable String ifMatch) {
    if (ifMatch != null
        && Arrays.stream(ifMatch.split(","))
            .map(String::strip)
            .noneMatch(tag -> tag.equals(ANY) || tag.equals(old.etag()))) {
      throw new MovedMeanwhile(old.name(), ifMatch, old.number().toString()).exception();
    }
  }

  private static AliasMoved fact(
      ProjectScope scope, Dataset dataset, VersionName name, Moved move) {
    return new AliasMoved(
        dataset.project(),
        dataset.id().value(),
        dataset.name(),
        name.kind().text(),
        name.name(),
        text(move.from()),
        text(move.to()),
        scope.caller(),
        move.at());
  }

  private static @Nullable String text(@Nullable VersionNumber number) {
    return number == null ? null : number.toString();
  }

  private static long before(String after) {
    try {
      return after.isEmpty() ? Long.MAX_VALUE : Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw InvalidRequest.of("cursor", after, "a nextCursor of this list").exception();
    }
  }

  /** A name as a caller means it. */
  record Named(NameKind kind, String name) {}
}
