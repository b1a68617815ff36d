package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A file of one part that the store has taken. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SentUpload(
    String uploadId, @Nullable String sha256, String etag, @Nullable String crc32c) {}
