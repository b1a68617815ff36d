package dev.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a manifest.
 *
 * @param name of the manifest, which is the output dataset
 * @param attempt the current try, counted from 1
 * @param logTail the last lines of the job's log, when it failed
 * @param reasonCode short code of the failure
 * @param waitingFor the part that is away at the moment
 * @param notes what is recorded but not enforced
 * @param retryAt when the next attempt begins
 * @param sample what a dry run found
 * @param reusedFrom the earlier run whose output this one has taken
 * @param recorded digests of recipe and input
 * @param summary counts, operators and environment of the winning attempt
 * @param manifest what was posted
 */
public record Run(
    String id,
    @Nullable String project,
    @Nullable String name,
    RunState state,
    int attempt,
    @Nullable VersionRef input,
    @Nullable VersionRef output,
    @Nullable String requestedBy,
    @Nullable Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String reason,
    @Nullable String reasonCode,
    @Nullable String waitingFor,
    List<String> notes,
    @Nullable String logTail,
    @Nullable String submissionId,
    @Nullable String entrypoint,
    @Nullable Long rows,
    @Nullable Long files,
    @Nullable Long bytes,
    int priority,
    @Nullable RunProgress progress,
    @Nullable Instant retryAt,
    @Nullable Integer dryRunRows,
    @Nullable JsonNode sample,
    @Nullable String reusedFrom,
    @Nullable JsonNode recorded,
    @Nullable JsonNode summary,
    @Nullable JsonNode image,
    @Nullable JsonNode manifest) {

  public Run {
    notes = Lists.orEmpty(notes);
  }
}
