package dev.sluice.upload.importing;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectAccess;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.identity.Role;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.upload.problem.UploadProblem.ScheduleNotFound;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Imports that are done again and again: once for each period, however many replicas look. */
@ApplicationScoped
class ScheduleService {
  private static final int NOT_FOUND = 404;
  private static final int BATCH = 50;

  private final Transactions transactions;
  private final ScheduleRepository schedules;
  private final ImportRepository imports;
  private final ProjectAccess access;
  private final ImportSignal signal;
  private final Clock clock;

  ScheduleService(
      Transactions transactions,
      ScheduleRepository schedules,
      ImportRepository imports,
      ProjectAccess access,
      ImportSignal signal,
      Clock clock) {
    this.transactions = transactions;
    this.schedules = schedules;
    this.imports = imports;
    this.access = access;
    this.signal = signal;
    this.clock = clock;
  }

  /** Schedules of a project in the order they were made. */
  Uni<Page<Schedule>> page(ProjectScope scope, PageRequest page) {
    return transactions
        .reading(session -> schedules.page(session, scope, page))
        .map(rows -> Page.of(rows, page, schedule -> schedule.id().toString()));
  }

  /**
   * Ends a schedule; an import of it that runs goes on.
   *
   * @throws ProblemException 404 for an unknown id and for strangers alike, 403 for a lower role
   */
  Uni<Void> delete(String id) {
    return transactions
        .reading(session -> schedules.findAnyProject(session, idOf(id)))
        .map(found -> found.orElseThrow(() -> absent(id)))
        .flatMap(schedule -> scope(id, schedule))
        .flatMap(
            scope ->
                transactions.in(
                    session -> schedules.delete(session, scope, idOf(id), clock.instant())));
  }

  private Uni<ProjectScope> scope(String id, Schedule schedule) {
    return access
        .scope(schedule.order().project())
        .onFailure(f -> f instanceof ProblemException e && e.problem().status() == NOT_FOUND)
        .transform(failure -> absent(id));
  }

  /** Asks for the imports whose time has come. */
  @Scheduled(
      every = "${sluice.imports.schedule-every:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> fire() {
    return fire(clock.instant());
  }

  /** As at that time; for tests of several replicas too. */
  Uni<Void> fire(Instant now) {
    return transactions
        .in(
            session ->
                schedules
                    .takeDueAnyProject(session, now, BATCH)
                    .call(due -> requestAll(session, due, now)))
        .invoke(
            due -> {
              if (!due.isEmpty()) {
                CrashPoint.hit("import.schedule.afterCommit");
                signal.wake();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> requestAll(Mutiny.Session session, List<Schedule> due, Instant now) {
    return Multi.createFrom()
        .iterable(due)
        .onItem()
        .transformToUniAndConcatenate(schedule -> request(session, schedule, now))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** A period that begins while the import of the one before still runs is left out. */
  private Uni<Void> request(Mutiny.Session session, Schedule schedule, Instant now) {
    ProjectScope scope =
        new ProjectScope(schedule.order().project(), schedule.requestedBy(), Role.EDITOR);
    return schedules
        .isBusy(session, scope, schedule.id())
        .flatMap(
            busy ->
                busy
                    ? Uni.createFrom().voidItem()
                    : imports.insert(session, scope, job(schedule, now), ""));
  }

  private static Import job(Schedule schedule, Instant now) {
    ImportId id = ImportId.due(schedule.id(), schedule.nextAt());
    return Import.requested(
        id, schedule.order(), schedule.requestedBy(), Optional.of(schedule.id()), now);
  }

  private static UUID idOf(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw absent(text);
    }
  }

  private static ProblemException absent(String id) {
    return new ScheduleNotFound(id).exception();
  }
}
