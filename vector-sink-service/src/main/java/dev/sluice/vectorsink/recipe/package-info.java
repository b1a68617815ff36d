/**
 * How the rows of a dataset become vectors.
 *
 * <p><b>In</b>: PUT and GET /api/v1/recipes. <b>Does</b>: keeps one recipe for each dataset and its
 * digest. <b>Out</b>: table recipe.
 */
@NullMarked
package dev.sluice.vectorsink.recipe;

import org.jspecify.annotations.NullMarked;
