/**
 * In: system properties and environment of a child JVM.
 *
 * <p>Does: runs Kafka inside that JVM, or unpacks PostgreSQL.
 *
 * <p>Out: a server on the loopback address.
 */
@NullMarked
package dev.sluice.local.server;

import org.jspecify.annotations.NullMarked;
