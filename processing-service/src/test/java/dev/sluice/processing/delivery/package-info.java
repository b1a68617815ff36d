/**
 * Tests of deliveries.
 *
 * <p><b>In</b>: folders, servers and stores that fail as real ones do. <b>Does</b>: brings versions
 * there, and dies on the way. <b>Out</b>: verdicts.
 */
@NullMarked
package dev.sluice.processing.delivery;

import org.jspecify.annotations.NullMarked;
