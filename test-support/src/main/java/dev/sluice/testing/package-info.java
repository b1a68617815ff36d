/**
 * In: a component test and the servers it names with {@code @QuarkusTestResource}.
 *
 * <p>Does: starts each server once per test JVM, mints test identities, talks to Kafka.
 *
 * <p>Out: configuration of the application under test, tokens, records.
 */
@NullMarked
package dev.sluice.testing;

import org.jspecify.annotations.NullMarked;
