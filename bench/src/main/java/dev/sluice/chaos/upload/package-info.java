/**
 * Uploads under faults, judged from outside.
 *
 * <p><b>In</b>: a number of trials, a seed. <b>Does</b>: sends files by the protocol with a client
 * of its own while parts die, lie or come late; lets a client resume; then reads object store,
 * ledger, topic and catalog by itself. <b>Out</b>: what was violated, and the history that led
 * there.
 */
@NullMarked
package dev.sluice.chaos.upload;

import org.jspecify.annotations.NullMarked;
