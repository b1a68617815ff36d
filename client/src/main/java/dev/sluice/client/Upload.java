package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/**
 * A file on its way.
 *
 * @param partSize bytes of each part but the last
 * @param sizeHeld the project holds a file of this size
 * @param reason why it was ignored or failed
 */
public record Upload(
    String uploadId,
    @Nullable String project,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable String path,
    long size,
    @Nullable String sha256,
    UploadState state,
    long partSize,
    int partCount,
    boolean sizeHeld,
    @Nullable String reason) {}
