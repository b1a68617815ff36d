/**
 * What callers can be told.
 *
 * <p><b>In</b>: refusals of all other packages.
 *
 * <p><b>Does</b>: names each kind once.
 *
 * <p><b>Out</b>: problem+json through service-support.
 */
@NullMarked
package dev.sluice.upload.problem;

import org.jspecify.annotations.NullMarked;
