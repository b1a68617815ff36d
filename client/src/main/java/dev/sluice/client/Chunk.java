package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A part in the store; numbers count from 1.
 *
 * @param crc32c base64 of its four bytes; null when nobody told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Chunk(int partNumber, long size, String etag, @Nullable String crc32c) {}
