/**
 * Carries runs forward.
 *
 * <p><b>In</b>: runs that are due, each under a lease. <b>Does</b>: one step at a time: reserve,
 * submit, look, verify, commit, stop, give back; a part that is away means waiting. <b>Out</b>:
 * calls to catalog, Ray and object store; transitions of runs.
 */
@NullMarked
package dev.sluice.processing.watch;

import org.jspecify.annotations.NullMarked;
