package dev.sluice.processing.run;

import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** What a job says while it works, fenced by the token of its attempt. */
@ApplicationScoped
public class RunReportService {
  private final Transactions transactions;
  private final RunRepository repository;

  RunReportService(Transactions transactions, RunRepository repository) {
    this.transactions = transactions;
    this.repository = repository;
  }

  /** Takes how far the job is; a report that would lead back changes nothing. */
  public Uni<Void> progress(Attempt attempt, ProgressReport report) {
    return ofOpenAttempt(
        attempt,
        (session, row) -> {
          RunProgress before = RunColumns.toRun(row).details().progress();
          RunProgress after =
              RunProgress.after(before, attempt.number(), report, RunFenceService.now());
          row.progress = RunColumns.write(after);
          return Uni.createFrom().voidItem();
        });
  }

  /** Takes what a dry run found, as JSON. */
  public Uni<Void> sample(Attempt attempt, String sample) {
    return ofOpenAttempt(
        attempt,
        (session, row) -> {
          if (row.dryRunRows == null) {
            throw new RunProblem.NoDryRun(row.id.toString()).exception();
          }
          return repository.saveSample(session, attempt.run(), attempt.number(), sample);
        });
  }

  private Uni<Void> ofOpenAttempt(Attempt attempt, RunFenceService.Step<Void> step) {
    return transactions.in(
        session ->
            repository
                .lockAnyProject(session, attempt.run())
                .flatMap(row -> checked(session, attempt, row))
                .flatMap(row -> step.take(session, row)));
  }

  private Uni<RunEntity> checked(Mutiny.Session session, Attempt attempt, @Nullable RunEntity row) {
    return repository
        .attempt(session, attempt.run().submissionId(attempt.number()))
        .map(
            known -> {
              if (row == null || known == null || !known.isOpenFor(attempt.token())) {
                throw new RunProblem.TokenNotValid().exception();
              }
              return row;
            });
  }

  /** The attempt a job claims to be. */
  public record Attempt(RunId run, int number, RunToken token) {}
}
