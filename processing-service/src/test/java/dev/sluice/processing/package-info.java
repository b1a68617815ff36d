/**
 * Tests of the service as a whole.
 *
 * <p><b>In</b>: the built application with real PostgreSQL, Kafka and S3. <b>Does</b>: tells its
 * stories. <b>Out</b>: verdicts.
 */
@NullMarked
package dev.sluice.processing;

import org.jspecify.annotations.NullMarked;
