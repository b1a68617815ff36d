/**
 * Tests of the frame.
 *
 * <p><b>In</b>: made-up samples. <b>Does</b>: compares what the frame says with what is known.
 * <b>Out</b>: nothing timed.
 */
@NullMarked
package dev.sluice.bench;

import org.jspecify.annotations.NullMarked;
