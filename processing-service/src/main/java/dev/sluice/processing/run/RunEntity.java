package dev.sluice.processing.run;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row of table run; {@code RunColumns} maps it from and to a {@link Run}. */
@Entity
@Table(name = "run")
class RunEntity {
  @Id UUID id;

  @Column(nullable = false)
  String project;

  @Column(nullable = false)
  String name;

  @Column(nullable = false)
  String manifest;

  @Column(name = "requested_by", nullable = false)
  String requestedBy;

  @Column(nullable = false)
  String notes;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "deadline_at", nullable = false)
  Instant deadlineAt;

  @Column(nullable = false)
  String state;

  int attempt;

  @Column(name = "submission_id")
  @Nullable String submissionId;

  @Column(name = "submitted_at")
  @Nullable Instant submittedAt;

  @Column(name = "started_at")
  @Nullable Instant startedAt;

  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  @Nullable String reason;

  @Nullable String message;

  @Column(name = "log_tail")
  @Nullable String logTail;

  @Column(name = "ended_by")
  @Nullable String endedBy;

  @Column(name = "input_version")
  @Nullable String inputVersion;

  @Column(name = "code_version")
  @Nullable String codeVersion;

  @Column(name = "code_digest")
  @Nullable String codeDigest;

  @Column(name = "output_dataset_id")
  @Nullable UUID outputDatasetId;

  @Column(name = "output_version")
  @Nullable String outputVersion;

  @Column(name = "output_key_prefix")
  @Nullable String outputKeyPrefix;

  @Column(name = "output_manifest_key")
  @Nullable String outputManifestKey;

  @Column(name = "output_manifest_sha")
  @Nullable String outputManifestSha;

  @Nullable Long rows;

  @Nullable Long files;

  @Nullable Long bytes;

  @Column(name = "cancel_requested_by")
  @Nullable String cancelRequestedBy;

  @Column(name = "waiting_for")
  @Nullable String waitingFor;

  @Column(name = "release_pending")
  boolean releasePending;

  @Column(name = "failed_checks")
  int failedChecks;

  @Column(name = "next_check_at")
  @Nullable Instant nextCheckAt;

  @Column(name = "lease_owner")
  @Nullable UUID leaseOwner;

  @Column(name = "lease_until")
  @Nullable Instant leaseUntil;

  @Column(nullable = false)
  String traceparent = "";

  @Nullable String progress;

  @Column(name = "dry_run_rows")
  @Nullable Integer dryRunRows;

  int priority;

  @Column(name = "retry_at")
  @Nullable Instant retryAt;

  @Column(name = "cancel_requested_at")
  @Nullable Instant cancelRequestedAt;

  @Column(name = "recipe_digest")
  @Nullable String recipeDigest;

  @Column(name = "input_digest")
  @Nullable String inputDigest;

  @Column(name = "reused_from")
  @Nullable UUID reusedFrom;

  @Nullable String summary;

  @Column(name = "stop_pending")
  boolean stopPending;

  @Column(name = "log_pending")
  boolean logPending;

  @Column(name = "sweep_pending")
  boolean sweepPending;
}
