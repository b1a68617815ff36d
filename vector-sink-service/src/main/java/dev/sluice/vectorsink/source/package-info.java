/**
 * The content of a sealed version.
 *
 * <p><b>In</b>: the catalog's manifest; Parquet objects of the object store. <b>Does</b>: reads the
 * needed columns, row after row, from any position. <b>Out</b>: rows of text.
 */
@NullMarked
package dev.sluice.vectorsink.source;

import org.jspecify.annotations.NullMarked;
