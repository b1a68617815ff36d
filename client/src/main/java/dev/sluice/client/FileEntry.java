package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/**
 * A file of a version, a line of its manifest.
 *
 * @param size bytes
 * @param sha256 lower-case hex of the whole content
 * @param crc32c over the bytes, 8 lower-case hex digits, where known
 * @param rows rows, for tables
 */
public record FileEntry(
    String path,
    long size,
    String sha256,
    @Nullable String mediaType,
    @Nullable String objectKey,
    @Nullable String crc32c,
    @Nullable Long rows) {}
