package dev.sluice.upload.importing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Files of other places on their way into a dataset.
 *
 * @param schedule that asked for it
 * @param attempt counts from 1
 * @param datasetId known once the dataset is
 * @param destination known once the draft is reserved
 * @param listed whether the sources were listed to their end in this attempt
 * @param tries how often this attempt was put off because a source did not answer
 */
record Import(
    ImportId id,
    ImportOrder order,
    String requestedBy,
    Instant createdAt,
    Optional<UUID> schedule,
    int attempt,
    ImportState state,
    Optional<Instant> startedAt,
    Optional<UUID> datasetId,
    Optional<Destination> destination,
    boolean listed,
    int tries,
    Progress progress) {

  /** One that nobody has begun. */
  static Import requested(
      ImportId id, ImportOrder order, String by, Optional<UUID> schedule, Instant at) {
    return new Import(
        id,
        order,
        by,
        at,
        schedule,
        1,
        new ImportState.Requested(at),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        0,
        Progress.NONE);
  }
}
