/**
 * How long a service takes to be ready and how much memory each process holds at rest.
 *
 * <p><b>In</b>: the running local stack. <b>Does</b>: starts each service again, with and without
 * an AOT cache. <b>Out</b>: figures of the leg {@code footprint}; the stack runs as before.
 */
@NullMarked
package dev.sluice.bench.footprint;

import org.jspecify.annotations.NullMarked;
