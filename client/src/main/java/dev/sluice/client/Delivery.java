package dev.sluice.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A destination of a run that its version is brought to.
 *
 * @param state pending, delivered or failed
 * @param manifest the file there that says what was delivered
 * @param reason why the last try failed, or what it waits for
 */
public record Delivery(
    String id,
    String type,
    String url,
    @Nullable String version,
    String state,
    long files,
    @Nullable Long filesTotal,
    long bytes,
    @Nullable Long bytesTotal,
    @Nullable String manifest,
    @Nullable String reasonCode,
    @Nullable String reason,
    int tries,
    @Nullable Instant createdAt,
    @Nullable Instant endedAt) {}
