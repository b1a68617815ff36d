/**
 * <b>In:</b> the folder {@code samples/docs} and a stack.
 *
 * <p><b>Does:</b> the main job once, as a newcomer would, and compares what came out with what was
 * put in after every step.
 *
 * <p><b>Out:</b> datasets {@code handbook} and {@code handbook-chunks}; a table of figures.
 */
@NullMarked
package dev.sluice.cli.demo;

import org.jspecify.annotations.NullMarked;
