package dev.sluice.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which entries of the audit are wanted; null does not filter. */
public record AuditFilter(
    @Nullable String action,
    @Nullable String actor,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable Instant from,
    @Nullable Instant to) {}
