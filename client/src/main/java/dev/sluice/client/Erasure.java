package dev.sluice.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A content whose bytes were erased.
 *
 * @param block whether the content is refused from now on
 * @param dataset with {@code version} and {@code path}: the file that was named, if one was
 */
public record Erasure(
    String project,
    String sha256,
    boolean block,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable String path,
    String reason,
    String erasedBy,
    Instant erasedAt) {}
