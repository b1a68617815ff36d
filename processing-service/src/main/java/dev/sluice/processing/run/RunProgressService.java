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
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
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
  private final RunFenceService fence;
  private final RunConfig config;
  private final RunMetrics metrics;
  private final SecureRandom random = new SecureRandom();

  RunProgressService(
      Transactions transactions,
      RunRepository repository,
      RunFenceService fence,
      RunConfig config,
      RunMetrics metrics) {
    this.transactions = transactions;
    this.repository = repository;
    this.fence = fence;
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
        .map(
            rows ->
                rows.stream()
                    .map(row -> ClaimedRun.of(row, new Claim(new RunId(row.id), holder)))
                    .toList());
  }

  /** The run as it stands now, with a lease that starts anew. */
  public Uni<ClaimedRun> renew(Claim claim) {
    return locked(
        claim,
        (session, row) -> {
          row.leaseUntil = now().plus(config.lease());
          return Uni.createFrom().item(ClaimedRun.of(row, claim));
        });
  }

  /** It is known what the run reads and what is done with it. */
  public Uni<Void> resolved(Claim claim, ResolvedInput input) {
    return locked(
        claim,
        (session, row) -> {
          row.inputVersion = input.version();
          row.codeVersion = input.code() == null ? null : input.code().version().version();
          row.codeDigest = input.code() == null ? null : input.code().digest();
          row.recipeDigest = input.recipeDigest();
          row.inputDigest = input.inputDigest();
          return repository.saveInput(session, claim.run(), input.files(), input.codeFiles());
        });
  }

  /** The output is reserved. */
  public Uni<Void> reserved(Claim claim, ReservedOutput output) {
    return locked(
        claim,
        (session, row) -> {
          row.outputDatasetId = output.datasetId();
          row.outputVersion = output.version();
          row.outputKeyPrefix = output.keyPrefix();
          return Uni.createFrom().voidItem();
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

  /** What stopped the attempt may pass: another one is wanted, at {@code retryAt}. */
  public Uni<Void> again(Claim claim, Instant retryAt) {
    return move(
        claim,
        AtRay.class,
        (row, state) -> {
          row.retryAt = retryAt;
          return state.lost();
        });
  }

  /**
   * This attempt's output becomes the version: the one transaction that makes a winner.
   *
   * @param summary what the attempt says of its work, as JSON
   */
  public Uni<Void> succeeded(Claim claim, RunOutput output, String summary) {
    return move(
            claim,
            Committing.class,
            (row, state) -> {
              row.summary = summary;
              return state.succeeded(output, now());
            })
        .invoke(() -> CrashPoint.hit("run.commit.afterCommit"));
  }

  /** A dry run has shown what it would do. */
  public Uni<Void> shown(Claim claim) {
    return move(claim, Committing.class, state -> state.shown(now()));
  }

  /** The output of an earlier run is this run's output too. */
  public Uni<Void> reused(Claim claim, RunId from) {
    return locked(
        claim,
        (session, row) ->
            repository
                .findAnyProject(session, from)
                .flatMap(
                    source -> {
                      RunOutput output = RunColumns.adopt(row, source);
                      return moved(session, row, Requested.class, s -> s.reused(output, now()));
                    }));
  }

  /** The run ends without output. */
  public Uni<Void> failed(Claim claim, Failure failure) {
    return move(claim, Active.class, state -> state.failed(failure, now()));
  }

  /** The run was stopped for {@code by}. */
  public Uni<Void> cancelled(Claim claim, String by) {
    return move(claim, Active.class, state -> state.cancelled(by, now()));
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
          row.nextCheckAt = row.nextCheckAt == null ? null : nextCheck(row);
          row.leaseOwner = null;
          row.leaseUntil = null;
          return Uni.createFrom().voidItem();
        });
  }

  /** Whoever wants a run stopped does not wait for a part that has been away for long. */
  private Instant nextCheck(RunEntity row) {
    if (row.retryAt != null && row.cancelRequestedBy == null && row.retryAt.isAfter(now())) {
      return row.retryAt.isBefore(row.deadlineAt) ? row.retryAt : row.deadlineAt;
    }
    int doublings = row.cancelRequestedBy == null ? Math.min(row.failedChecks, 10) : 0;
    long wait = config.pollEvery().toMillis() << doublings;
    return now().plusMillis(Math.min(wait, config.longestWait().toMillis()));
  }

  private <S extends RunState> Uni<Void> move(
      Claim claim, Class<S> from, Function<S, RunState> transition) {
    return move(claim, from, (row, state) -> transition.apply(state));
  }

  private <S extends RunState> Uni<Void> move(
      Claim claim, Class<S> from, BiFunction<RunEntity, S, RunState> transition) {
    return locked(
        claim,
        (session, row) ->
            TraceContext.continuing(
                row.traceparent,
                "advance run",
                () -> moved(session, row, from, state -> transition.apply(row, state))));
  }

  private <S extends RunState> Uni<Void> moved(
      Mutiny.Session session, RunEntity row, Class<S> from, Function<S, RunState> transition) {
    RunAdvance step = RunAdvance.move(row, from, transition, now());
    metrics.reached(step.before(), step.after());
    return closeAttempt(session, step.before(), step.after())
        .call(() -> step.leavesItsPlace() ? leavePlace(session, row) : nothing())
        .flatMap(done -> say(session, step.after()));
  }

  private Uni<Void> leavePlace(Mutiny.Session session, RunEntity row) {
    return repository.leavePlace(session, new RunId(row.id));
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
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

  private <T> Uni<T> locked(Claim claim, RunFenceService.Step<T> step) {
    return fence.locked(claim, step);
  }

  private static Instant now() {
    return RunFenceService.now();
  }

  /**
   * What a run reads, and the program it brings.
   *
   * @param files JSON list of the catalog's file records
   * @param codeFiles the same of the working directory, paths as the program sees them
   */
  public record ResolvedInput(
      String version,
      String files,
      @Nullable ReservedCode code,
      String codeFiles,
      String recipeDigest,
      String inputDigest) {}
}
