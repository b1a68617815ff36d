/**
 * Tests of {@code dev.sluice.chaos.catalog}.
 *
 * <p><b>In</b>: nothing. <b>Does</b>: proves that the breaking and the judging work. <b>Out</b>: a
 * verdict.
 */
@NullMarked
package dev.sluice.chaos.catalog;

import org.jspecify.annotations.NullMarked;
