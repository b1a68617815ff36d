/**
 * <b>In:</b> the words typed after {@code sluice}.
 *
 * <p><b>Does:</b> finds the command, builds only that one, and turns every failure into a sentence
 * and an exit code.
 *
 * <p><b>Out:</b> results on standard output, everything else on standard error.
 */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
