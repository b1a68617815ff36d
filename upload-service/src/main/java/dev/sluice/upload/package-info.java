/**
 * The bytes' way in: uploads by the seed's steps, straight from the client to the object store.
 *
 * <p><b>In</b>: HTTP under /api/v1/uploads; topic sluice.datasets.
 *
 * <p><b>Does</b>: plans parts, signs their addresses, merges, reads back, tells.
 *
 * <p><b>Out</b>: topic sluice.uploads; schema upload; objects {@code dataset/…}.
 */
@NullMarked
package dev.sluice.upload;

import org.jspecify.annotations.NullMarked;
