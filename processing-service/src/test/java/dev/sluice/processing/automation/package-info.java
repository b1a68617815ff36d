/**
 * Tests of templates and schedules.
 *
 * <p><b>In</b>: manifests with places, cron's fields. <b>Does</b>: fills them, asks for the next
 * tick. <b>Out</b>: verdicts.
 */
@NullMarked
package dev.sluice.processing.automation;

import org.jspecify.annotations.NullMarked;
