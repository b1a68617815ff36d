/**
 * In: the state folder and the checkout or installation it belongs to.
 *
 * <p>Does: remembers ports and secrets and finds the jars that child processes run.
 *
 * <p>Out: paths, ports, secrets.
 */
@NullMarked
package dev.sluice.local.state;

import org.jspecify.annotations.NullMarked;
