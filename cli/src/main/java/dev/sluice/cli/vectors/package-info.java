/**
 * <b>In:</b> {@code recipe}, {@code index} and {@code search}.
 *
 * <p><b>Does:</b> says how rows become vectors, shows how far they are, and asks questions.
 *
 * <p><b>Out:</b> tables and JSON of recipes, indexes and hits.
 */
@NullMarked
package dev.sluice.cli.vectors;

import org.jspecify.annotations.NullMarked;
