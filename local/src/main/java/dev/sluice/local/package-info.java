/**
 * In: a command (up, down, status, reset, logs, env, token) and the caller's environment.
 *
 * <p>Does: assembles the parts of the local stack and starts, heals, stops and describes them.
 *
 * <p>Out: running processes, their addresses, shell exports and tokens.
 */
@NullMarked
package dev.sluice.local;

import org.jspecify.annotations.NullMarked;
