/**
 * The object store, as every service needs it.
 *
 * <p><b>In</b>: bucket, key and bytes. <b>Does</b>: talks to any S3. <b>Out</b>: objects, presigned
 * GET addresses.
 */
@NullMarked
package dev.sluice.support.storage;

import org.jspecify.annotations.NullMarked;
