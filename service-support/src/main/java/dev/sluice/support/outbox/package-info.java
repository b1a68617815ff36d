/**
 * Transactional outbox.
 *
 * <p><b>In</b>: facts appended inside a transaction. <b>Does</b>: sends them after commit, in order
 * for each key. <b>Out</b>: Kafka topics, table outbox_event.
 */
@NullMarked
package dev.sluice.support.outbox;

import org.jspecify.annotations.NullMarked;
