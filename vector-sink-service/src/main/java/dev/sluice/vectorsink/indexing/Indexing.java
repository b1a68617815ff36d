package dev.sluice.vectorsink.indexing;

import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VersionLabel;
import dev.sluice.vectorsink.recipe.Recipe;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version on its way into the index, or in it.
 *
 * @param generation grows whenever the work starts anew; older work stops at its next step
 * @param rows rows with text, so far
 * @param points points in the collection, so far
 * @param attempts failures since the last progress
 * @param note why the work waits or failed
 * @param traceparent the trace of whoever asked for it; empty text when there is none
 */
public record Indexing(
    UUID id,
    DatasetKey key,
    UUID datasetId,
    VersionLabel version,
    Recipe recipe,
    String recipeDigest,
    IndexingState state,
    int generation,
    long rows,
    long points,
    int attempts,
    @Nullable String note,
    String traceparent) {}
