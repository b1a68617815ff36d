package dev.sluice.upload.session;

import org.jspecify.annotations.Nullable;

/**
 * Announces a file, as a client writes it; nothing of it is trusted yet.
 *
 * @param path inside the version, with forward slashes
 * @param size bytes
 * @param sha256 64 lower-case hex digits over the whole content; may be told at the end instead
 * @param mediaType what the client takes the file for; the content decides
 */
public record NewUploadRequest(
    @Nullable String project,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable String path,
    @Nullable Long size,
    @Nullable String sha256,
    @Nullable String mediaType) {}
