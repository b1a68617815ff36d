/**
 * Runs that nobody starts by hand.
 *
 * <p><b>In</b>: templates and triggers over HTTP; new and released versions; the clock.
 * <b>Does</b>: fills a template and starts its run, once for each occasion, never in a circle.
 * <b>Out</b>: runs; tables template, run_trigger, trigger_firing, run_origin.
 */
@NullMarked
package dev.sluice.processing.automation;

import org.jspecify.annotations.NullMarked;
