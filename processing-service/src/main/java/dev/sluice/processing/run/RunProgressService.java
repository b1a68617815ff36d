package dev.sluice.processing.run;

import dev.sluice.processing.run.Run.ReservedCode;
import dev.sluice.processing.run.Run.ReservedOutput;
import dev.sluice.processing.run.RunState.Active;
import dev.sluice.processing.run.RunState.AtRay;
import dev.sluice.processing.run.RunState.Committing;
import dev.sluice.processing.run.RunState.Failure;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.processing.run.RunState.RunOutput;
import dev.sluice.processing.run.RunState.Submitted;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.tracing.TraceContext;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The durable steps of a run on its way. Each is one transaction, fenced by the claim: a replica
 * that lost its lease changes nothing and gets {@link ClaimLost}.
 */
@ApplicationScoped
public class RunProgressService {
  private final Transactions transactions;
  private final RunRepository repository;
  private final RunConfig config;
  private final RunMetrics metrics;
  private final SecureRandom random = new SecureRandom();

  RunProgressService(
      Transactions transactions, RunRepository repository, RunConfig config, RunMetrics metrics) {
    this.transactions = transactions;
    this.repository = repository;
    this.config = config;
    this.metrics = metrics;
  }

  /** Claims runs that are due, for {@code holder} alone. */
  public Uni<List<ClaimedRun>> claimDue(UUID holder) {
    return transactions.reading(session -> session.withTransaction(tx -> claimed(session, holder)));
  }

  private Uni<List<ClaimedRun>> claimed(Mutiny.Session session, UUID holder) {
    return repository
        .claimDueAnyProject(session, holder, config)
        .map(rows -> rows.stream().map(row -> claimedRun(row, holder)).toList());
  }

  private static ClaimedRun claimedRun(RunEntity row, UUID holder) {
    Claim claim = new Claim(new RunId(row.id), holder);
    return new ClaimedRun(claim, RunColumns.toRun(row), row.releasePending);
  }

  /** The run as it stands now, with a lease that starts anew. */
  public Uni<ClaimedRun> renew(Claim claim) {
    return locked(
        claim,
        (session, row) -> {
          row.leaseUntil = now().plus(config.lease());
          return Uni.createFrom().item(claimedRun(row, claim.holder()));
        });
  }

  /** The input is resolved and the output reserved. */
  public Uni<Void> reserved(Claim claim, ReservedInput input, ReservedOutput output) {
    return locked(
        claim,
        (session, row) -> {
          row.inputVersion = input.version();
          row.codeVersion = input.code() == null ? null : input.code().version().version();
          row.codeDigest = input.code() == null ? null : input.code().digest();
          row.outputDatasetId = output.datasetId();
          row.outputVersion = output.version();
          row.outputKeyPrefix = output.keyPrefix();
          return repository.saveInput(session, claim.run(), input.files(), input.codeFiles());
        });
  }

  /** The files of the working directory, as {@link #reserved} got them. */
  public Uni<String> codeFiles(RunId run) {
    return transactions.reading(session -> repository.code(session, run));
  }

  /** The token for the attempt that is about to be submitted; the same until Ray has it. */
  public Uni<RunToken> prepared(Claim claim, Requested state) {
    return locked(
        claim,
        (session, row) ->
            repository
                .attempt(session, claim.run().submissionId(state.attempt()))
                .flatMap(known -> tokenOf(session, claim, state, known)));
  }

  private Uni<RunToken> tokenOf(
      Mutiny.Session session, Claim claim, Requested state, @Nullable AttemptEntity known) {
    if (known != null && known.pendingToken != null) {
      return Uni.createFrom().item(new RunToken(known.pendingToken));
    }
    RunToken token = RunToken.random(random);
    AttemptEntity fresh = AttemptEntity.open(claim.run(), state.attempt(), token, now());
    return session.persist(fresh).replaceWith(token);
  }

  /** Ray has the attempt. */
  public Uni<Void> submitted(Claim claim) {
    return move(
        claim,
        Requested.class,
        state -> state.submitted(claim.run().submissionId(state.attempt()), now()));
  }

  /** Ray has started the attempt. */
  public Uni<Void> running(Claim claim) {
    return move(claim, Submitted.class, state -> state.running(now()));
  }

  /** The attempt has ended well. */
  public Uni<Void> committing(Claim claim) {
    return move(claim, AtRay.class, AtRay::committing);
  }

  /** Ray does not know the attempt any more: another one is wanted. */
  public Uni<Void> lost(Claim claim) {
    return move(claim, AtRay.class, AtRay::lost);
  }

  /** This attempt's output becomes the version: the one transaction that makes a winner. */
  public Uni<Void> succeeded(Claim claim, RunOutput output) {
    return move(claim, Committing.class, state -> state.succeeded(output, now()))
        .invoke(() -> CrashPoint.hit("run.commit.afterCommit"));
  }

  /** The run ends without output. */
  public Uni<Void> failed(Claim claim, Failure failure) {
    return move(claim, Active.class, state -> state.failed(failure, now()));
  }

  /** The run was stopped for {@code by}. */
  public Uni<Void> cancelled(Claim claim, String by) {
    return move(claim, Active.class, state -> state.cancelled(by, now()));
  }

  /** The draft of a run without output is given back. */
  public Uni<Void> released(Claim claim) {
    return locked(
        claim,
        (session, row) -> {
          row.releasePending = false;
          row.nextCheckAt = null;
          return Uni.createFrom().voidItem();
        });
  }

  /**
   * Gives the claim back until the next look.
   *
   * @param waitingFor the part that is away; null when nothing is
   */
  public Uni<Void> checked(Claim claim, @Nullable String waitingFor) {
    return rested(claim, waitingFor, waitingFor != null);
  }

  /** As the other, for a run that waits for what is under way: the next look is not put off. */
  public Uni<Void> resting(Claim claim, String waitingFor) {
    return rested(claim, waitingFor, false);
  }

  private Uni<Void> rested(Claim claim, @Nullable String waitingFor, boolean away) {
    return locked(
        claim,
        (session, row) -> {
          row.waitingFor = waitingFor;
          row.failedChecks = away ? row.failedChecks + 1 : 0;
          row.nextCheckAt = row.nextCheckAt == null ? null : nextCheck(row.failedChecks);
          row.leaseOwner = null;
          row.leaseUntil = null;
          return Uni.createFrom().voidItem();
        });
  }

  private Instant nextCheck(int failedChecks) {
    long wait = config.pollEvery().toMillis() << Math.min(failedChecks, 10);
    return now().plusMillis(Math.min(wait, config.longestWait().toMillis()));
  }

  private <S extends RunState> Uni<Void> move(
      Claim claim, Class<S> from, Function<S, RunState> transition) {
    return locked(
        claim,
        (session, row) ->
            TraceContext.continuing(
                row.traceparent, "advance run", () -> moved(session, row, from, transition)));
  }

  private <S extends RunState> Uni<Void> moved(
      Mutiny.Session session, RunEntity row, Class<S> from, Function<S, RunState> transition) {
    Run before = RunColumns.toRun(row);
    if (!from.isInstance(before.state())) {
      throw new ClaimLost(new Claim(before.id(), new UUID(0, 0)));
    }
    Run after = before.in(transition.apply(from.cast(before.state())));
    RunColumns.apply(after.state(), row);
    row.releasePending = needsRelease(after);
    boolean ended = after.state() instanceof RunState.Ended;
    row.nextCheckAt = ended && !row.releasePending ? null : now();
    metrics.reached(before, after);
    return closeAttempt(session, before, after).flatMap(done -> say(session, after));
  }

  private static boolean needsRelease(Run run) {
    return switch (run.state()) {
      case RunState.Failed s -> run.output() != null;
      case RunState.Cancelled s -> run.output() != null;
      case RunState.Succeeded s -> false;
      case Active s -> false;
    };
  }

  private Uni<Void> closeAttempt(Mutiny.Session session, Run before, Run after) {
    String submissionId = before.id().submissionId(before.state().attempt());
    return repository
        .attempt(session, submissionId)
        .invoke(
            attempt -> {
              if (attempt != null) {
                close(attempt, after.state());
              }
            })
        .replaceWithVoid();
  }

  private static void close(AttemptEntity attempt, RunState state) {
    switch (state) {
      case Requested s -> attempt.end("lost", now());
      case RunState.Ended s -> attempt.end(s.text(), s.at());
      case AtRay s -> attempt.pendingToken = null;
      case Committing s -> attempt.pendingToken = null;
    }
  }

  private static Uni<Void> say(Mutiny.Session session, Run run) {
    return RunFacts.of(run)
        .map(fact -> Outbox.append(session, fact))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  private <T> Uni<T> locked(Claim claim, Step<T> step) {
    return transactions.in(
        session ->
            repository
                .lockAnyProject(session, claim.run())
                .map(row -> held(claim, row))
                .flatMap(row -> step.take(session, row)));
  }

  private static RunEntity held(Claim claim, @Nullable RunEntity row) {
    if (row == null || !claim.holder().equals(row.leaseOwner)) {
      throw new ClaimLost(claim);
    }
    return row;
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * What a run reads, and the program it brings.
   *
   * @param files JSON list of the catalog's file records
   * @param codeFiles the same of the working directory, paths as the program sees them
   */
  public record ReservedInput(
      String version, String files, @Nullable ReservedCode code, String codeFiles) {}

  /** What is done with the locked row. */
  @FunctionalInterface
  private interface Step<T> {
    Uni<T> take(Mutiny.Session session, RunEntity row);
  }
}
