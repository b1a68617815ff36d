package dev.sluice.processing.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run has beside its state.
 *
 * @param priority 0 to 9, the highest first
 * @param dryRunRows rows that a dry run looks at; null for a run that makes a version
 * @param progress null until its job has said something
 * @param retryAt the next attempt begins then, not before; null when nothing is to be waited for
 * @param recipeDigest over what is done with the input; null until the input is resolved
 * @param inputDigest over the files that are read
 * @param reusedFrom the run whose output was taken
 * @param summary what the winning attempt says of its work: counts, operators, environment
 */
public record RunDetails(
    int priority,
    @Nullable Integer dryRunRows,
    @Nullable RunProgress progress,
    @Nullable Instant retryAt,
    @Nullable Instant cancelRequestedAt,
    @Nullable String recipeDigest,
    @Nullable String inputDigest,
    @Nullable UUID reusedFrom,
    @Nullable JsonNode summary) {

  /** Of a run that was just accepted. */
  static RunDetails fresh(int priority, @Nullable Integer dryRunRows) {
    return new RunDetails(priority, dryRunRows, null, null, null, null, null, null, null);
  }

  /** Whether it only shows on a sample what it would do. */
  public boolean dryRun() {
    return dryRunRows != null;
  }
}
