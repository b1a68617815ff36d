package dev.sluice.upload.importing;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.upload.importing.EndRepository.Ended;
import dev.sluice.upload.importing.ImportState.Committing;
import dev.sluice.upload.importing.ImportState.Failed;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.problem.UploadProblem.UploadOver;
import dev.sluice.upload.session.AbortService;
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
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Writes down what became of imports that no thread works on: the catalog's verdict, drafts that
 * waited in vain, uploads that nobody wants. Durable: each is a row until it is done.
 */
@ApplicationScoped
class EndService {
  private static final int BATCH = 50;
  private static final int UPLOADS = 200;

  private final Transactions transactions;
  private final EndRepository ends;
  private final ImportRepository imports;
  private final FileRepository files;
  private final SeenRepository seen;
  private final AbortService aborts;
  private final Clock clock;

  EndService(
      Transactions transactions,
      EndRepository ends,
      ImportRepository imports,
      FileRepository files,
      SeenRepository seen,
      AbortService aborts,
      Clock clock) {
    this.transactions = transactions;
    this.ends = ends;
    this.imports = imports;
    this.files = files;
    this.seen = seen;
    this.aborts = aborts;
    this.clock = clock;
  }

  @Scheduled(
      every = "${sluice.imports.end-every:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    Instant now = clock.instant();
    return each(s -> ends.decidedAnyProject(s, BATCH), this::decided)
        .chain(() -> each(s -> ends.overdueAnyProject(s, now, BATCH), this::overdue))
        .chain(() -> each(s -> ends.droppingAnyProject(s, BATCH), this::drop));
  }

  private Uni<Void> each(
      Function<Mutiny.Session, Uni<List<Ended>>> which, Function<Ended, Uni<Void>> work) {
    return transactions
        .reading(which)
        .flatMap(
            all ->
                Multi.createFrom()
                    .iterable(all)
                    .onItem()
                    .transformToUniAndConcatenate(work::apply)
                    .collect()
                    .last()
                    .replaceWithVoid());
  }

  private Uni<Void> decided(Ended ended) {
    return locked(
            ended,
            locked ->
                locked.job().state() instanceof Committing committing
                    ? decide(ended, locked, committing)
                    : Uni.createFrom().voidItem())
        .invoke(() -> CrashPoint.hit("import.end.afterCommit"));
  }

  private Uni<Void> decide(Ended ended, LockedImport locked, Committing committing) {
    Instant at = clock.instant();
    Import before = locked.job();
    if (ended.state().equals("sealed")) {
      locked.become(committing.succeeded(at));
      return locked
          .session()
          .flush()
          .chain(
              () ->
                  seen.remember(
                      locked.session(),
                      ended.scope(),
                      ended.id(),
                      WorkService.keys(before),
                      before.destination().map(Destination::version)));
    }
    String why =
        Optional.ofNullable(ended.reason()).orElse("the catalog could not make a version of it");
    Failed failed = committing.failed("version-dropped", why, at);
    Import after = locked.become(failed);
    locked.forgetDraft();
    return locked
        .session()
        .flush()
        .chain(() -> Outbox.append(locked.session(), ImportFacts.failed(after, failed, false, at)));
  }

  private Uni<Void> overdue(Ended ended) {
    return locked(
        ended,
        locked -> {
          if (!(locked.job().state() instanceof Failed failed)) {
            return Uni.createFrom().voidItem();
          }
          Import job = locked.job();
          locked.drop();
          locked.forgetDraft();
          return locked
              .session()
              .flush()
              .chain(
                  () ->
                      Outbox.append(
                          locked.session(),
                          ImportFacts.failed(job, failed, false, clock.instant())));
        });
  }

  private Uni<Void> drop(Ended ended) {
    return transactions
        .reading(session -> files.live(session, ended.scope(), ended.id(), UPLOADS))
        .flatMap(
            live ->
                live.isEmpty()
                    ? transactions.in(s -> ends.dropped(s, ended.scope(), ended.id()))
                    : abort(ended, live));
  }

  private Uni<Void> abort(Ended ended, List<UUID> live) {
    return Multi.createFrom()
        .iterable(live)
        .onItem()
        .transformToUniAndConcatenate(
            id ->
                aborts
                    .abort(ended.scope(), new UploadId(id), "its import is " + ended.state())
                    .onFailure(
                        f -> f instanceof ProblemException e && e.problem() instanceof UploadOver)
                    .recoverWithNull())
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> locked(Ended ended, Function<LockedImport, Uni<Void>> work) {
    return transactions.in(
        session ->
            imports
                .lock(session, ended.scope(), ended.id())
                .flatMap(row -> row.map(work).orElseGet(() -> Uni.createFrom().voidItem())));
  }
}
