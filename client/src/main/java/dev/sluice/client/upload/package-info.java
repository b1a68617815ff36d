/**
 * <b>In:</b> local files and folders, and the draft version they go into.
 *
 * <p><b>Does:</b> follows the steps of an upload for many files at once, starts where the service
 * says the last attempt stopped, and waits until the stored bytes are verified.
 *
 * <p><b>Out:</b> parts in the object store by presigned URL; an outcome for every file.
 */
@NullMarked
package dev.sluice.client.upload;

import org.jspecify.annotations.NullMarked;
