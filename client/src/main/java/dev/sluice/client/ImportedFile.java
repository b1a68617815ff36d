package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/**
 * What became of a file of an import.
 *
 * @param path in the version
 * @param kind file, archive or entry
 * @param from its path in the source
 * @param size bytes; null while unknown
 * @param state unchanged, pending, sending, imported, ignored, failed or expanded
 * @param reason why it was ignored or failed
 */
public record ImportedFile(
    String path,
    String kind,
    @Nullable String from,
    @Nullable Long size,
    String state,
    @Nullable String reason,
    @Nullable String uploadId,
    @Nullable String sha256) {}
