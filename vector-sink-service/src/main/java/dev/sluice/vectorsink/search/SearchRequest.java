package dev.sluice.vectorsink.search;

import org.jspecify.annotations.Nullable;

/**
 * A question as a caller asks it.
 *
 * @param version {@code latest} (the newest indexed one) when absent
 * @param limit 1 to 100; 10 when absent
 */
record SearchRequest(
    @Nullable String project,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable String query,
    @Nullable Integer limit) {}
