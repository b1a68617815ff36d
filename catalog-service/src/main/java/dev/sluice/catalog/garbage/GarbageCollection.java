package dev.sluice.catalog.garbage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A garbage collection and, once it is done, what it found.
 *
 * @param state {@code running}, {@code done} or {@code failed}
 * @param reason why it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GarbageCollection(
    UUID id,
    String project,
    boolean dryRun,
    String state,
    String requestedBy,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String reason,
    @Nullable Findings findings) {}
