/**
 * Ray, as processing needs it.
 *
 * <p><b>In</b>: job submissions. <b>Does</b>: speaks the Ray Jobs REST API, ships Sluice's own
 * Python program. <b>Out</b>: reports, logs; {@code RayAway} (wait) or {@code RayRefused} (never).
 */
@NullMarked
package dev.sluice.processing.ray;

import org.jspecify.annotations.NullMarked;
