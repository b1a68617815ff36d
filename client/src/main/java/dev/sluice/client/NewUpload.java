package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Announces a file.
 *
 * @param path inside the version, with forward slashes
 * @param size bytes
 * @param sha256 lower-case hex of the whole content; null while it is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NewUpload(
    String project,
    String dataset,
    String version,
    String path,
    long size,
    @Nullable String sha256,
    @Nullable String mediaType) {}
