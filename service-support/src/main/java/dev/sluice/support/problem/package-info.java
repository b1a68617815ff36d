/**
 * Errors as callers see them.
 *
 * <p><b>In</b>: exceptions of a request. <b>Does</b>: one mapping to application/problem+json (RFC
 * 9457). <b>Out</b>: HTTP answers.
 */
@NullMarked
package dev.sluice.support.problem;

import org.jspecify.annotations.NullMarked;
