/**
 * What a program says it wrote.
 *
 * <p><b>In</b>: the output manifest an attempt wrote last. <b>Does</b>: checks it against the run
 * and the object store. <b>Out</b>: digest and sums, or {@code OutputInvalid}.
 */
@NullMarked
package dev.sluice.processing.output;

import org.jspecify.annotations.NullMarked;
