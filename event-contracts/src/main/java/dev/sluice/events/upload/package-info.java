/**
 * Events of the topic {@code sluice.*} that carry facts about bytes on their way in.
 *
 * <p><b>In</b>: nothing. <b>Does</b>: one record an event. <b>Out</b>: see {@link
 * dev.sluice.events.Topics}.
 */
@NullMarked
package dev.sluice.events.upload;

import org.jspecify.annotations.NullMarked;
