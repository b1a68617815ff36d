package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** The answer to one completed file of a batch. */
public record SettledUpload(
    String uploadId,
    @Nullable UploadState state,
    @Nullable String reason,
    @Nullable BatchProblem problem) {}
