package dev.sluice.vectorsink.indexing;

import org.jspecify.annotations.Nullable;

/**
 * An index as callers read it.
 *
 * @param state {@code pending}, {@code indexing}, {@code indexed} or {@code failed}
 * @param points in the collection, so far
 * @param rows with text in the version, so far
 * @param reason why it failed, or what it waits for
 */
public record IndexView(
    String project,
    String dataset,
    String version,
    String state,
    long points,
    long rows,
    String collection,
    String recipeDigest,
    @Nullable String reason) {}
