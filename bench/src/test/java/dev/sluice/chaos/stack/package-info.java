/**
 * Tests of {@code dev.sluice.chaos.stack}.
 *
 * <p><b>In</b>: nothing. <b>Does</b>: proves that the breaking and the judging work. <b>Out</b>: a
 * verdict.
 */
@NullMarked
package dev.sluice.chaos.stack;

import org.jspecify.annotations.NullMarked;
