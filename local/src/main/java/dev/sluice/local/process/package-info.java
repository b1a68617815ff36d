/**
 * In: a command line with its environment.
 *
 * <p>Does: runs it as a process of its own that outlives the launcher or, for tests, dies with it.
 *
 * <p>Out: a pid file, a log file, the question whether it is alive.
 */
@NullMarked
package dev.sluice.local.process;

import org.jspecify.annotations.NullMarked;
