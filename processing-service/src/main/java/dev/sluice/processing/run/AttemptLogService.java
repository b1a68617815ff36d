package dev.sluice.processing.run;

import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers how much of an attempt's log is kept. */
@ApplicationScoped
public class AttemptLogService {
  private final Transactions transactions;
  private final RunRepository repository;
  private final RunFenceService fence;

  AttemptLogService(Transactions transactions, RunRepository repository, RunFenceService fence) {
    this.transactions = transactions;
    this.repository = repository;
    this.fence = fence;
  }

  /** What is kept of an attempt's log, and when more is to be kept. */
  public Uni<LogMark> of(RunId run, int attempt) {
    return transactions
        .reading(session -> repository.attempt(session, run.submissionId(attempt)))
        .map(LogMark::of);
  }

  /**
   * The log is kept.
   *
   * @param nextAt when it is looked at again; null when it will not grow any more
   */
  public Uni<Void> keep(Claim claim, int attempt, KeptLog log, @Nullable Instant nextAt) {
    return fence.locked(
        claim,
        (session, row) ->
            repository
                .attempt(session, claim.run().submissionId(attempt))
                .invoke(
                    known -> {
                      if (known != null) {
                        known.logTotal = log.total();
                        known.logHead = (long) log.head();
                        known.logTail = (long) log.tail();
                        known.logNextAt = nextAt;
                      }
                    })
                .replaceWithVoid());
  }

  /**
   * A log in the store.
   *
   * @param total bytes printed
   * @param head bytes kept of its beginning
   * @param tail bytes kept of its end
   */
  public record KeptLog(long total, int head, int tail) {}

  /**
   * How far keeping is.
   *
   * @param kept empty when nothing is kept
   * @param nextAt null before the first look and after the last
   * @param begunAt when the attempt began; null for no attempt
   */
  public record LogMark(
      Optional<KeptLog> kept, @Nullable Instant nextAt, @Nullable Instant begunAt) {
    private static LogMark of(@Nullable AttemptEntity attempt) {
      if (attempt == null) {
        return new LogMark(Optional.empty(), null, null);
      }
      Long total = attempt.logTotal;
      Long head = attempt.logHead;
      Long tail = attempt.logTail;
      Optional<KeptLog> kept =
          total == null || head == null || tail == null
              ? Optional.empty()
              : Optional.of(new KeptLog(total, Math.toIntExact(head), Math.toIntExact(tail)));
      return new LogMark(kept, attempt.logNextAt, attempt.createdAt);
    }

    /** Whether the log is kept as it will stay. */
    public boolean isFinal() {
      return kept.isPresent() && nextAt == null;
    }
  }
}
