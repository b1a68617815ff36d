package dev.sluice.processing.joblog;

import dev.sluice.processing.ray.JobRunner;
import dev.sluice.processing.ray.RayAway;
import dev.sluice.processing.ray.RayConfig;
import dev.sluice.processing.run.AttemptLogService;
import dev.sluice.processing.run.AttemptLogService.KeptLog;
import dev.sluice.processing.run.AttemptLogService.LogMark;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunState;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.support.storage.StorageConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads logs from Ray and keeps them: while a program runs now and then, in times that double, so
 * that a lost cluster does not take all of it along; at the end as it stands.
 */
@ApplicationScoped
public class JobLogService {
  private static final Duration FIRST_LOOK = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final int SHORTEST_SECRET = 8;

  private final JobRunner jobs;
  private final ObjectStore store;
  private final AttemptLogService attempts;
  private final List<String> secrets;

  JobLogService(
      JobRunner jobs,
      ObjectStore store,
      AttemptLogService attempts,
      StorageConfig storage,
      RayConfig ray) {
    this.jobs = jobs;
    this.store = store;
    this.attempts = attempts;
    this.secrets =
        Stream.concat(Stream.of(storage.secretKey()), ray.token().stream())
            .filter(secret -> secret.length() >= SHORTEST_SECRET)
            .toList();
  }

  /** The end of what an attempt has printed; empty when Ray does not tell. */
  public Uni<String> lastText(String submissionId, int most) {
    return fromRay(submissionId, 0)
        .map(log -> log.lastText(most))
        .onFailure(RayAway.class)
        .recoverWithItem("");
  }

  /** What Ray has of a log from an offset on. */
  private Uni<PrintedLog> fromRay(String submissionId, long from) {
    return Contexts.comingBack(collected(submissionId, from));
  }

  private Uni<PrintedLog> collected(String submissionId, long from) {
    return Multi.createFrom()
        .deferred(
            () -> {
              Redaction redaction = new Redaction(secrets);
              return Multi.createBy()
                  .concatenating()
                  .streams(
                      jobs.log(submissionId).map(redaction::next),
                      Multi.createFrom().deferred(() -> Multi.createFrom().item(redaction.last())));
            })
        .collect()
        .in(() -> new PrintedLog.Builder(from), PrintedLog.Builder::add)
        .map(PrintedLog.Builder::build);
  }

  /** An attempt's log from an offset on, from wherever there is most of it. */
  Uni<PrintedLog> read(Run run, int attempt, long from) {
    return attempts
        .of(run.id(), attempt)
        .flatMap(
            mark -> mark.isFinal() ? kept(run, attempt, mark) : live(run, attempt, mark, from));
  }

  private Uni<PrintedLog> live(Run run, int attempt, LogMark mark, long from) {
    if (mark.begunAt() == null) {
      return Uni.createFrom().item(PrintedLog.of(""));
    }
    return fromRay(run.id().submissionId(attempt), from)
        .flatMap(
            log ->
                log.total() == 0 && mark.kept().isPresent()
                    ? kept(run, attempt, mark)
                    : Uni.createFrom().item(log))
        .onFailure(RayAway.class)
        .recoverWithUni(away -> withoutRay(run, attempt, mark, away));
  }

  private Uni<PrintedLog> withoutRay(Run run, int attempt, LogMark mark, Throwable away) {
    if (mark.kept().isPresent()) {
      return kept(run, attempt, mark);
    }
    String tail = tailOf(run);
    if (tail.isEmpty()) {
      throw new JobLogProblem.LogAway(String.valueOf(away.getMessage())).exception();
    }
    return Uni.createFrom().item(PrintedLog.of(tail));
  }

  /** Whether a log may be there later. */
  static boolean isAway(Throwable failure) {
    return failure instanceof RayAway
        || (failure instanceof ProblemException e && e.problem() instanceof JobLogProblem.LogAway);
  }

  private static String tailOf(Run run) {
    return run.state() instanceof RunState.Failed failed && failed.failure().logTail() != null
        ? String.valueOf(failed.failure().logTail())
        : "";
  }

  private Uni<PrintedLog> kept(Run run, int attempt, LogMark mark) {
    KeptLog log = mark.kept().orElseThrow();
    if (log.total() == 0) {
      return Uni.createFrom().item(PrintedLog.of(tailOf(run)));
    }
    return store
        .read(store.bucketOf(run.project()), key(run, attempt, log.total()))
        .map(object -> PrintedLog.stored(object, log.total(), log.head()));
  }

  /** Keeps what a running program has printed, when it is time. */
  public Uni<Void> keepNowAndThen(Claim claim, Run run, int attempt) {
    Instant now = Instant.now();
    return attempts
        .of(run.id(), attempt)
        .flatMap(
            mark -> {
              Instant begun = mark.begunAt() == null ? now : mark.begunAt();
              Instant due = mark.nextAt() == null ? begun.plus(FIRST_LOOK) : mark.nextAt();
              Duration age = Duration.between(begun, now);
              Instant next = now.plus(age.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : age);
              return now.isBefore(due)
                  ? Uni.createFrom().voidItem()
                  : keep(claim, run, attempt, mark, next)
                      .onFailure(RayAway.class)
                      .recoverWithNull()
                      .replaceWithVoid();
            });
  }

  /** Keeps the log of an attempt that has ended; waits a while for a Ray that is away. */
  public Uni<Void> keepForGood(Claim claim, Run run, int attempt, Instant endedAt) {
    boolean patient = Instant.now().isBefore(endedAt.plus(PATIENCE));
    return attempts
        .of(run.id(), attempt)
        .flatMap(
            mark ->
                keep(claim, run, attempt, mark, null)
                    .onFailure(failure -> failure instanceof RayAway && !patient)
                    .recoverWithUni(() -> attempts.keep(claim, attempt, known(mark), null)));
  }

  private static KeptLog known(LogMark mark) {
    return mark.kept().orElse(new KeptLog(0, 0, 0));
  }

  private Uni<Void> keep(
      Claim claim, Run run, int attempt, LogMark mark, @Nullable Instant nextAt) {
    return fromRay(run.id().submissionId(attempt), 0)
        .flatMap(log -> keep(claim, run, attempt, mark, nextAt, log));
  }

  private Uni<Void> keep(
      Claim claim, Run run, int attempt, LogMark mark, @Nullable Instant nextAt, PrintedLog log) {
    Optional<KeptLog> before = mark.kept().filter(kept -> kept.total() > 0);
    if (log.total() <= before.map(KeptLog::total).orElse(0L)) {
      return attempts.keep(claim, attempt, known(mark), nextAt);
    }
    String bucket = store.bucketOf(run.project());
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(log.head());
    object.writeBytes(log.tail());
    KeptLog kept = new KeptLog(log.total(), log.head().length, log.tail().length);
    return store
        .ensureBucket(bucket)
        .chain(
            () ->
                store.put(
                    bucket, key(run, attempt, log.total()), object.toByteArray(), "text/plain"))
        .chain(() -> attempts.keep(claim, attempt, kept, nextAt))
        .call(
            () ->
                before
                    .map(old -> store.delete(bucket, key(run, attempt, old.total())))
                    .orElseGet(() -> Uni.createFrom().voidItem()));
  }

  /** A copy that has more has another name, so that a slow replica cannot take from it. */
  private static String key(Run run, int attempt, long total) {
    return "run/" + run.id() + "/log-a" + attempt + "-" + total + ".txt";
  }
}
