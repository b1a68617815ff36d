/**
 * Trials of the catalog.
 *
 * <p><b>In</b>: a number of trials and a seed. <b>Does</b>: writers make versions, edit, seal,
 * name, merge, give up and bring back while a process is killed, paused or told things again.
 * <b>Out</b>: a verdict of a judge of its own: a model in maps that knows what was acknowledged and
 * what was asked without an answer, a digest of its own, the tables, the topic and the objects.
 */
@NullMarked
package dev.sluice.chaos.catalog;

import org.jspecify.annotations.NullMarked;
