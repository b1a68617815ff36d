/**
 * The catalogue of operators.
 *
 * <p><b>In</b>: {@code operators.json}, which the Python package writes from its own code; the
 * operators of a manifest. <b>Does</b>: serves the one, holds the others to it. <b>Out</b>: {@code
 * GET /api/v1/operators}; faults with field, value and what is allowed.
 */
@NullMarked
package dev.sluice.processing.operator;

import org.jspecify.annotations.NullMarked;
