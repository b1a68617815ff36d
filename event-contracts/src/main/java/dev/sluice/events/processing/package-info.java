/**
 * Events of the topic {@code sluice.*} that carry the one request and the facts about runs.
 *
 * <p><b>In</b>: nothing. <b>Does</b>: one record an event. <b>Out</b>: see {@link
 * dev.sluice.events.Topics}.
 */
@NullMarked
package dev.sluice.events.processing;

import org.jspecify.annotations.NullMarked;
