/**
 * The object store, as uploads need it.
 *
 * <p><b>In</b>: project, key and parts.
 *
 * <p><b>Does</b>: multipart uploads, presigned part addresses, reading back.
 *
 * <p><b>Out</b>: calls to any S3.
 */
@NullMarked
package dev.sluice.upload.storage;

import org.jspecify.annotations.NullMarked;
