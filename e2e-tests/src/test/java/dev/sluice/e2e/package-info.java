/**
 * The whole stack, seen from outside: the command line, HTTP and Kafka, nothing else.
 *
 * <p><b>In</b>: what {@code mvn verify} built. <b>Does</b>: starts a stack of its own and uses it
 * as a team would. <b>Out</b>: nothing stays.
 */
@NullMarked
package dev.sluice.e2e;

import org.jspecify.annotations.NullMarked;
