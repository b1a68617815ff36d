/**
 * Named instants at which a test may kill the process.
 *
 * <p><b>In</b>: a name. <b>Does</b>: halts the process when that name is armed. <b>Out</b>: nothing
 * else.
 */
@NullMarked
package dev.sluice.support.chaos;

import org.jspecify.annotations.NullMarked;
