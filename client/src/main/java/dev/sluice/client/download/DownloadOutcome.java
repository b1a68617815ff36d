package dev.sluice.client.download;

import org.jspecify.annotations.Nullable;

/**
 * What became of a file.
 *
 * @param bytesReceived that came now
 * @param reason why it failed
 */
public record DownloadOutcome(
    String path, DownloadResult result, long size, long bytesReceived, @Nullable String reason) {}
