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

  void end(String how, Instant at) {
    outcome = how;
    pendingToken = null;
    endedAt = at;
  }
}
