/**
 * The language spoken between services.
 *
 * <p><b>In</b>: nothing. <b>Does</b>: names every event, its topic, its type and its JSON form.
 * <b>Out</b>: used by all four services and by any team that listens in.
 */
@NullMarked
package dev.sluice.events;

import org.jspecify.annotations.NullMarked;
