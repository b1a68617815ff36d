package dev.sluice.catalog.lineage;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run or an import as the maker of a version.
 *
 * @param attempt the winning one, once the run completed
 * @param image what it ran in, where the manifest named one
 * @param submissionId of the Ray job
 * @param rows rows it wrote
 * @param sources of an import: where the files came from, as JSON
 */
record RunOutput(
    UUID runId,
    UUID versionId,
    String requestedBy,
    Instant reservedAt,
    @Nullable Integer attempt,
    @Nullable String image,
    @Nullable String entrypoint,
    @Nullable String submissionId,
    Details details,
    @Nullable Long rows,
    @Nullable String sources) {

  /**
   * What ran, in more words than its command.
   *
   * @param operators as JSON
   * @param parameters as JSON
   * @param columns of the tables it wrote, as JSON
   */
  record Details(
      @Nullable String entrypointDigest,
      @Nullable String operators,
      @Nullable String parameters,
      @Nullable String rayVersion,
      @Nullable String columns) {}
}
