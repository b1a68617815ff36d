package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/**
 * What a merge did.
 *
 * @param base the version that both began with; null when each began with nothing
 * @param taken paths that are as in the other version now
 * @param resolved paths that both changed
 */
public record Merged(@Nullable String base, long taken, long resolved, long files, long bytes) {}
