/**
 * In: a state folder, ports and secrets.
 *
 * <p>Does: starts one server each: PostgreSQL, Kafka, S3, gateway, Ray, Qdrant, a Sluice service.
 *
 * <p>Out: the server's address once it really answers.
 */
@NullMarked
package dev.sluice.local.part;

import org.jspecify.annotations.NullMarked;
