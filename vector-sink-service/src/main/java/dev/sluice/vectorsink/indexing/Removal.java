package dev.sluice.vectorsink.indexing;

import dev.sluice.vectorsink.DatasetKey;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Points that have to leave.
 *
 * @param recipeDigest absent with {@code version}: all points of the dataset
 * @param sourceSha256 of these only those whose texts come from that content
 */
record Removal(
    long id,
    DatasetKey key,
    UUID datasetId,
    @Nullable String recipeDigest,
    @Nullable Integer version,
    @Nullable String sourceSha256,
    int attempts) {}
