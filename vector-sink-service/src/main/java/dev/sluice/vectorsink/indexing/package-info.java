/**
 * From a version to its points.
 *
 * <p><b>In</b>: table indexing; GET and POST /api/v1/indexes. <b>Does</b>: leases a dataset,
 * continues at the stored row, embeds what is new, closes what is gone, counts. <b>Out</b>: points;
 * VectorsIndexed and VectorIndexingFailed by the outbox.
 */
@NullMarked
package dev.sluice.vectorsink.indexing;

import org.jspecify.annotations.NullMarked;
