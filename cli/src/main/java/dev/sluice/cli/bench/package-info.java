/**
 * Commands that measure and that kill.
 *
 * <p><b>In</b>: a command line. <b>Does</b>: starts the JVM of the module {@code bench}, so that
 * this one stays small. <b>Out</b>: whatever that one prints, and its exit code.
 */
@NullMarked
package dev.sluice.cli.bench;

import org.jspecify.annotations.NullMarked;
