/**
 * The vector sink: a Qdrant collection that is true to a version.
 *
 * <p><b>In</b>: sealed versions and questions. <b>Does</b>: turns rows into points and answers
 * questions from them. <b>Out</b>: points in Qdrant; VectorsIndexed and VectorIndexingFailed.
 */
@NullMarked
package dev.sluice.vectorsink;

import org.jspecify.annotations.NullMarked;
