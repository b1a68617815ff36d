/**
 * <b>In:</b> typed calls on projects, datasets, versions, uploads, runs and vectors.
 *
 * <p><b>Does:</b> speaks HTTP and JSON with the gateway, retries what is safe to retry, and turns
 * problem+json into {@link dev.sluice.client.SluiceProblemException}.
 *
 * <p><b>Out:</b> requests under {@code /api/v1}; records of the answers.
 */
@NullMarked
package dev.sluice.client;

import org.jspecify.annotations.NullMarked;
