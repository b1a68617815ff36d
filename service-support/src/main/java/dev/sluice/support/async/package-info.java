/**
 * Where asynchronous work goes on.
 *
 * <p><b>In</b>: work that leaves the caller's thread, and work that nobody waits for.
 *
 * <p><b>Does</b>: brings answers back to the caller's Vert.x context; gives background work one of
 * its own.
 *
 * <p><b>Out</b>: Unis.
 */
@NullMarked
package dev.sluice.support.async;

import org.jspecify.annotations.NullMarked;
