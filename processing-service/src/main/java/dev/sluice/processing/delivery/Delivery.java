package dev.sluice.processing.delivery;

import dev.sluice.events.VersionRef;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One destination of one run.
 *
 * @param files brought so far
 * @param filesTotal null until it has begun
 * @param claim counts who worked on it; writes of an older one are void
 * @param tries since it was asked for, or asked for again
 */
record Delivery(
    UUID id,
    UUID runId,
    int position,
    String project,
    Target target,
    UUID datasetId,
    VersionRef version,
    String state,
    long files,
    @Nullable Long filesTotal,
    long bytes,
    @Nullable Long bytesTotal,
    @Nullable String reasonCode,
    @Nullable String reason,
    int claim,
    int tries,
    Instant createdAt,
    @Nullable Instant endedAt) {

  static final String PENDING = "pending";
  static final String DELIVERED = "delivered";
  static final String FAILED = "failed";
}
