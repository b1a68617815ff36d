package dev.sluice.client;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who changed what, when and why. */
public record AuditEntry(
    long id,
    @Nullable Instant at,
    @Nullable String actor,
    @Nullable String action,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable String object,
    @Nullable String reason,
    @Nullable Map<String, String> details) {}
