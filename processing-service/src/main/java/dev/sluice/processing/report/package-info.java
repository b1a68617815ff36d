/**
 * What an attempt's program says while it works.
 *
 * <p><b>In</b>: {@code PUT …/attempts/{n}/progress} and {@code …/sample} with the attempt's token.
 * <b>Does</b>: checks them. <b>Out</b>: rows of the run; an old attempt is told to end (401).
 */
@NullMarked
package dev.sluice.processing.report;

import org.jspecify.annotations.NullMarked;
