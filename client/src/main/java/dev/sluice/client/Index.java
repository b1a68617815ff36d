package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** The index of a version: points in the collection against rows in the version. */
public record Index(
    @Nullable String project,
    @Nullable String dataset,
    @Nullable String version,
    IndexState state,
    long points,
    long rows,
    @Nullable String collection,
    @Nullable String reason) {}
