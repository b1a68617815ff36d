/**
 * Questions in plain words.
 *
 * <p><b>In</b>: POST /api/v1/search. <b>Does</b>: embeds the question and asks the version's
 * points. <b>Out</b>: hits with file, version and score.
 */
@NullMarked
package dev.sluice.vectorsink.search;

import org.jspecify.annotations.NullMarked;
