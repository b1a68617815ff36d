/**
 * The servers that the trials of uploads and imports break.
 *
 * <p><b>In</b>: a folder. <b>Does</b>: starts PostgreSQL, Kafka, the object store, the gateway, the
 * catalog and the upload service, the store behind two proxies that can do mischief; kills and
 * restarts them. <b>Out</b>: addresses, and independent ways to look inside.
 */
@NullMarked
package dev.sluice.chaos.stack;

import org.jspecify.annotations.NullMarked;
