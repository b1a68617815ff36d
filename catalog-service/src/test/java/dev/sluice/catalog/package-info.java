/**
 * Tests of the catalog.
 *
 * <p><b>In</b>: a running catalog with real PostgreSQL, Kafka and S3. <b>Does</b>: calls its API
 * and tells it facts. <b>Out</b>: nothing.
 */
@NullMarked
package dev.sluice.catalog;

import org.jspecify.annotations.NullMarked;
