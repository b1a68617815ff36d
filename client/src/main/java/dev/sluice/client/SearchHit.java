package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** A piece of text near a question, with the file and version it comes from. */
public record SearchHit(
    double score,
    String text,
    @Nullable String path,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable String recordKey,
    @Nullable Integer chunkNo,
    @Nullable String pointId) {}
