/**
 * Brings the files of a run's version to the places its manifest names.
 *
 * <p><b>In</b>: a sealed version of a run and its destinations; retries over HTTP. <b>Does</b>:
 * copies each file whole or not at all, proves every byte against the version's SHA-256, writes a
 * manifest file last; goes on after any kill. <b>Out</b>: files in another S3, on an NFS server,
 * below a local folder, or an index of vectors; facts {@code DeliveryCompleted} and {@code
 * DeliveryFailed}.
 */
@NullMarked
package dev.sluice.processing.delivery;

import org.jspecify.annotations.NullMarked;
