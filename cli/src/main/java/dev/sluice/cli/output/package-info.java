/**
 * <b>In:</b> records and figures.
 *
 * <p><b>Does:</b> prints them as neat tables for people or as JSON for programs, and shows progress
 * where there is a terminal.
 *
 * <p><b>Out:</b> results on standard output, progress on standard error.
 */
@NullMarked
package dev.sluice.cli.output;

import org.jspecify.annotations.NullMarked;
