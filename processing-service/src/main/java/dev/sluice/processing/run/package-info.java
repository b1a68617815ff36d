/**
 * Runs from their request to their end.
 *
 * <p><b>In</b>: {@code POST /api/v1/runs} and the rest of the Runs API; requests from the topic;
 * the watcher's findings. <b>Does</b>: keeps each run's state durable; only transitions that a
 * state offers exist. <b>Out</b>: tables run, run_attempt, run_input; facts {@code Processing…}.
 */
@NullMarked
package dev.sluice.processing.run;

import org.jspecify.annotations.NullMarked;
