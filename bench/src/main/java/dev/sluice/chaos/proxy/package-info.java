/**
 * A proxy between a client and the object store that can do what networks and stores do wrong.
 *
 * <p><b>In</b>: HTTP requests, and a decision for each of them. <b>Does</b>: forwards, delays,
 * holds, cuts, refuses, or says the wrong thing. <b>Out</b>: the answer, or none.
 */
@NullMarked
package dev.sluice.chaos.proxy;

import org.jspecify.annotations.NullMarked;
