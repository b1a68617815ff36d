/**
 * Exactly-once effect for consumers.
 *
 * <p><b>In</b>: batches of Kafka records. <b>Does</b>: gives each event one effect, inside the
 * transaction that records it. <b>Out</b>: table inbox_event, dead-letter topics.
 */
@NullMarked
package dev.sluice.support.inbox;

import org.jspecify.annotations.NullMarked;
