package dev.sluice.catalog.lineage;

import dev.sluice.catalog.lineage.RunOutput.Details;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row of table {@code run_output}; what ran is known once the run completed. */
@Entity
@Table(name = "run_output")
class RunEntity {
  @Id
  @Column(name = "run_id")
  UUID runId;

  @Column(nullable = false)
  String project;

  @Column(name = "version_id", nullable = false)
  UUID versionId;

  @Column(name = "requested_by", nullable = false)
  String requestedBy;

  @Column(name = "reserved_at", nullable = false)
  Instant reservedAt;

  @Nullable @Column Integer attempt;
  @Nullable @Column String image;

  @Nullable
  @Column(name = "pull_policy")
  String pullPolicy;

  @Nullable @Column String entrypoint;

  @Nullable
  @Column(name = "submission_id")
  String submissionId;

  @Nullable
  @Column(name = "entrypoint_digest")
  String entrypointDigest;

  /** JSON. */
  @Nullable @Column String operators;

  /** JSON. */
  @Nullable @Column String parameters;

  @Nullable
  @Column(name = "ray_version")
  String rayVersion;

  /** JSON. */
  @Nullable
  @Column(name = "columns")
  String columns;

  @Nullable
  @Column(name = "row_count")
  Long rows;

  /** Where the files of an import came from, as JSON. */
  @Nullable @Column String sources;

  /** For Hibernate. */
  RunEntity() {}

  RunOutput toRunOutput() {
    return new RunOutput(
        runId,
        versionId,
        requestedBy,
        reservedAt,
        attempt,
        image,
        entrypoint,
        submissionId,
        new Details(entrypointDigest, operators, parameters, rayVersion, columns),
        rows,
        sources);
  }
}
