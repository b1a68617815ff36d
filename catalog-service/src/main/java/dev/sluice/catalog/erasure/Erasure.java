package dev.sluice.catalog.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A content whose bytes were erased.
 *
 * @param block whether the content is refused from now on
 * @param dataset with {@code version} and {@code path}: the file that was named, if one was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Erasure(
    String project,
    String sha256,
    boolean block,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable String path,
    String reason,
    String erasedBy,
    Instant erasedAt) {}
