/**
 * Proof by killing: faults at chosen and at random instants, judged by an independent reader.
 *
 * <p><b>In</b>: a leg, a number of trials, a seed. <b>Does</b>: commits and rolls back while it
 * kills the service, the broker or the database, starts them again and waits for rest. <b>Out</b>:
 * one JSON object with the number of violations and the history of the first.
 */
@NullMarked
package dev.sluice.chaos;

import org.jspecify.annotations.NullMarked;
