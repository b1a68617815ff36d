package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/**
 * The answer to one file of a batch.
 *
 * @param uploadId null when the file was refused
 * @param state completed when the project holds these bytes: nothing to send
 * @param deduplicated whether it is completed because the project holds these bytes elsewhere, and
 *     not because it was there before
 * @param reason why it is ignored or failed
 * @param part where to PUT an open file of one part
 * @param problem why it was refused
 */
public record BatchedUpload(
    String path,
    @Nullable String uploadId,
    @Nullable UploadState state,
    boolean deduplicated,
    @Nullable String reason,
    long partSize,
    int partCount,
    @Nullable PartUrl part,
    @Nullable BatchProblem problem) {}
