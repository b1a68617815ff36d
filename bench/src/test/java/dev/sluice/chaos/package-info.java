/**
 * Tests of the chaos runner.
 *
 * <p><b>In</b>: seeds. <b>Does</b>: looks at the faults they give. <b>Out</b>: nothing is killed.
 */
@NullMarked
package dev.sluice.chaos;

import org.jspecify.annotations.NullMarked;
