/**
 * From a commit to an effect: latency, what it costs the database, how much a partition carries.
 *
 * <p><b>In</b>: servers of its own and the harness process. <b>Does</b>: runs the outbox and the
 * inbox beside bare Kafka and bare PostgreSQL. <b>Out</b>: figures of the leg {@code events}.
 */
@NullMarked
package dev.sluice.bench.events;

import org.jspecify.annotations.NullMarked;
