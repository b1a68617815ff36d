package dev.sluice.processing.run;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row of table run_attempt. */
@Entity
@Table(name = "run_attempt")
class AttemptEntity {
  @Id
  @Column(name = "submission_id")
  String submissionId;

  @Column(name = "run_id", nullable = false)
  UUID runId;

  int number;

  @Column(name = "token_hash", nullable = false)
  String tokenHash;

  @Column(name = "pending_token")
  @Nullable String pendingToken;

  @Nullable String outcome;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "ended_at")
  @Nullable Instant endedAt;

  @Column(name = "log_total")
  @Nullable Long logTotal;

  @Column(name = "log_head")
  @Nullable Long logHead;

  @Column(name = "log_tail")
  @Nullable Long logTail;

  @Column(name = "log_next_at")
  @Nullable Instant logNextAt;

  /** A fresh attempt that Ray has not got yet. */
  static AttemptEntity open(RunId run, int number, RunToken token, Instant at) {
    AttemptEntity attempt = new AttemptEntity();
    attempt.submissionId = run.submissionId(number);
    attempt.runId = run.value();
    attempt.number = number;
    attempt.tokenHash = token.hash();
    attempt.pendingToken = token.value();
    attempt.createdAt = at;
    return attempt;
  }

  /** Whether this token may still speak for the attempt. */
  boolean isOpenFor(RunToken token) {
    return outcome == null && token.matches(tokenHash);
  }

  void end(String how, Instant at) {
    outcome = how;
    pendingToken = null;
    endedAt = at;
  }
}
