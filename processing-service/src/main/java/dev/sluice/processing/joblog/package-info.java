/**
 * What programs print.
 *
 * <p><b>In</b>: Ray's log of an attempt while Ray has it. <b>Does</b>: keeps a bounded copy without
 * secrets in the project's bucket; serves it whole, by ranges and as it grows. <b>Out</b>: objects
 * {@code run/<id>/log-…}; text and server-sent events.
 */
@NullMarked
package dev.sluice.processing.joblog;

import org.jspecify.annotations.NullMarked;
