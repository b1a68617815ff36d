/**
 * One trace over rows and topics.
 *
 * <p><b>In</b>: a W3C traceparent that a row or a record carried. <b>Does</b>: goes on with that
 * trace. <b>Out</b>: spans, when an OpenTelemetry endpoint is set.
 */
@NullMarked
package dev.sluice.support.tracing;

import org.jspecify.annotations.NullMarked;
