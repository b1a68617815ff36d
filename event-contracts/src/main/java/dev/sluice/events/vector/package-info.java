/**
 * Events of the topic {@code sluice.*} that carry facts about indexed vectors.
 *
 * <p><b>In</b>: nothing. <b>Does</b>: one record an event. <b>Out</b>: see {@link
 * dev.sluice.events.Topics}.
 */
@NullMarked
package dev.sluice.events.vector;

import org.jspecify.annotations.NullMarked;
