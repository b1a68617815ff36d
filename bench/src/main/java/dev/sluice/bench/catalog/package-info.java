/**
 * Versions as trees beside versions as rows, in the same PostgreSQL.
 *
 * <p><b>In</b>: a number of files. <b>Does</b>: creates, clones, edits, compares and reads versions
 * both ways and proves that both say the same. <b>Out</b>: figures.
 */
@NullMarked
package dev.sluice.bench.catalog;

import org.jspecify.annotations.NullMarked;
