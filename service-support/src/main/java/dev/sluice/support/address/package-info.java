/**
 * Addresses that somebody typed.
 *
 * <p><b>In</b>: a host and a port. <b>Does</b>: lets through what is public or what an
 * administrator allows, again at the moment of connecting. <b>Out</b>: checked addresses, sockets
 * and HTTP clients that connect to nothing else.
 */
@NullMarked
package dev.sluice.support.address;

import org.jspecify.annotations.NullMarked;
