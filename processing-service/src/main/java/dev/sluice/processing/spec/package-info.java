/**
 * What an attempt's program is told.
 *
 * <p><b>In</b>: {@code GET /api/v1/runs/{id}/attempts/{n}/spec} with the attempt's token.
 * <b>Does</b>: puts input, output, options and credentials together. <b>Out</b>: the job spec.
 */
@NullMarked
package dev.sluice.processing.spec;

import org.jspecify.annotations.NullMarked;
