package dev.sluice.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tenant: owns datasets, members and a bucket. */
public record Project(
    String name,
    @Nullable String displayName,
    @Nullable String createdBy,
    @Nullable Instant createdAt,
    @Nullable String bucket) {}
