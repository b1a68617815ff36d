package dev.sluice.upload.importing;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.http.Idempotency;
import dev.sluice.support.http.IdempotentRequest;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.support.tracing.TraceContext;
import dev.sluice.upload.importing.ImportState.Cancelled;
import dev.sluice.upload.importing.ImportState.Failed;
import dev.sluice.upload.importing.ImportState.Live;
import dev.sluice.upload.importing.OrderCheck.Checked;
import dev.sluice.upload.problem.UploadProblem.ImportNotFound;
import dev.sluice.upload.problem.UploadProblem.ImportOver;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** What people and events ask of imports. */
@ApplicationScoped
class ImportService {
  private static final int NOT_FOUND = 404;

  private final Transactions transactions;
  private final ImportRepository imports;
  private final FileRepository files;
  private final ScheduleRepository schedules;
  private final ProjectAccess access;
  private final Idempotency idempotency;
  private final ImportSignal signal;
  private final Clock clock;

  ImportService(
      Transactions transactions,
      ImportRepository imports,
      FileRepository files,
      ScheduleRepository schedules,
      ProjectAccess access,
      Idempotency idempotency,
      ImportSignal signal,
      Clock clock) {
    this.transactions = transactions;
    this.imports = imports;
    this.files = files;
    this.schedules = schedules;
    this.access = access;
    this.idempotency = idempotency;
    this.signal = signal;
    this.clock = clock;
  }

  /** Takes an order; its schedule, if it is to have one, begins with this import. */
  Uni<ImportView> request(ProjectScope scope, Checked checked, IdempotentRequest request) {
    ImportId id = ImportId.fresh(clock.millis());
    return transactions
        .in(
            session ->
                idempotency.once(
                    session,
                    request,
                    ImportView.class,
                    () -> accept(session, scope, id, checked).map(ImportView::of)))
        .invoke(() -> CrashPoint.hit("import.request.afterCommit"))
        .invoke(signal::wake);
  }

  /** Takes an order under an id that the caller chose, once; later calls show how far it is. */
  Uni<ImportView> onBehalf(ImportId id, Checked checked, String requestedBy) {
    return transactions
        .in(session -> request(session, id.value(), checked, requestedBy))
        .invoke(signal::wake)
        .chain(() -> transactions.reading(session -> imports.findAnyProject(session, id)))
        .map(found -> ImportView.of(found.orElseThrow(() -> absent(id))));
  }

  /** Takes an order that came as an event, once, within the consumer's transaction. */
  Uni<Void> request(Mutiny.Session session, UUID eventId, Checked checked, String requestedBy) {
    ImportId id = new ImportId(eventId);
    return imports
        .findAnyProject(session, id)
        .flatMap(
            known ->
                known.isPresent()
                    ? Uni.createFrom().voidItem()
                    : access
                        .scope(checked.order().project(), requestedBy, Role.EDITOR)
                        .flatMap(scope -> accept(session, scope, id, checked))
                        .replaceWithVoid());
  }

  private Uni<Import> accept(
      Mutiny.Session session, ProjectScope scope, ImportId id, Checked checked) {
    Instant now = clock.instant();
    Optional<Schedule> schedule =
        checked
            .every()
            .map(
                every ->
                    new Schedule(
                        ImportId.fresh(now.toEpochMilli()).value(),
                        checked.order(),
                        every,
                        scope.caller(),
                        now,
                        now.plus(every.length())));
    Import job =
        Import.requested(id, checked.order(), scope.caller(), schedule.map(Schedule::id), now);
    return schedule
        .map(s -> schedules.insert(session, scope, s))
        .orElseGet(() -> Uni.createFrom().voidItem())
        .chain(() -> imports.insert(session, scope, job, TraceContext.current()))
        .replaceWith(job);
  }

  /**
   * The import, when the caller has the role that the current request needs in its project.
   *
   * @throws ProblemException 404 for an unknown id and for strangers alike, 403 for a lower role
   */
  Uni<Found> found(ImportId id) {
    return transactions
        .reading(session -> imports.findAnyProject(session, id))
        .map(found -> found.orElseThrow(() -> absent(id)))
        .flatMap(
            job ->
                access
                    .scope(job.order().project())
                    .onFailure(ImportService::isStranger)
                    .transform(failure -> absent(id))
                    .map(scope -> new Found(scope, job)));
  }

  /** Imports of a project in the order they were asked for. */
  Uni<Page<Import>> page(ProjectScope scope, ImportFilter filter, PageRequest page) {
    return transactions
        .reading(session -> imports.page(session, scope, filter, page))
        .map(rows -> Page.of(rows, page, job -> job.id().toString()));
  }

  /** Files of an import in the order of their paths; all when {@code state} is empty. */
  Uni<Page<ImportFile>> files(Found found, String state, PageRequest page) {
    return transactions
        .reading(session -> files.inState(session, found.scope(), found.job().id(), state, page))
        .map(rows -> Page.of(rows, page, ImportFile::path));
  }

  /** Stops an import at once, whoever works on it; its draft and its uploads are dropped. */
  Uni<Import> cancel(Found found) {
    return locked(found, locked -> cancel(locked, found.scope().caller()))
        .invoke(() -> CrashPoint.hit("import.cancel.afterCommit"))
        .invoke(() -> signal.stopped(found.job().id()));
  }

  private Uni<Import> cancel(LockedImport locked, String by) {
    Import job = locked.job();
    if (job.state() instanceof Cancelled) {
      return Uni.createFrom().item(job);
    }
    if (!(job.state() instanceof Live live)) {
      throw new ImportOver(
              job.id().toString(), job.state().label(), "cancel", "requested or running")
          .exception();
    }
    Instant now = clock.instant();
    Import after = locked.become(live.cancelled(by, now));
    locked.drop();
    return locked
        .session()
        .flush()
        .chain(() -> Outbox.append(locked.session(), ImportFacts.cancelled(job, by, now)))
        .replaceWith(after);
  }

  /** Another attempt of an import that failed; it goes on where the last one was. */
  Uni<Import> retry(Found found) {
    return locked(found, this::retry).invoke(signal::wake);
  }

  private Uni<Import> retry(LockedImport locked) {
    Import job = locked.job();
    if (!(job.state() instanceof Failed failed)) {
      throw new ImportOver(job.id().toString(), job.state().label(), "retry", "failed").exception();
    }
    locked.nextAttempt();
    return Uni.createFrom().item(locked.become(failed.retried(clock.instant())));
  }

  private Uni<Import> locked(
      Found found, java.util.function.Function<LockedImport, Uni<Import>> work) {
    ImportId id = found.job().id();
    return transactions.in(
        session ->
            imports
                .lock(session, found.scope(), id)
                .map(row -> row.orElseThrow(() -> absent(id)))
                .flatMap(work::apply));
  }

  private static ProblemException absent(ImportId id) {
    return new ImportNotFound(id.toString()).exception();
  }

  private static boolean isStranger(Throwable failure) {
    return failure instanceof ProblemException e && e.problem().status() == NOT_FOUND;
  }

  /** An import, and the proof that the caller may work on it. */
  record Found(ProjectScope scope, Import job) {}
}
