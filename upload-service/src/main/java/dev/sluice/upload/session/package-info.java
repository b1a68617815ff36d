/**
 * An upload's begin and its early end.
 *
 * <p><b>In</b>: POST, GET and DELETE under /api/v1/uploads.
 *
 * <p><b>Does</b>: begins, aborts, expires; throws away what is left in the store.
 *
 * <p><b>Out</b>: multipart uploads; UploadAborted.
 */
@NullMarked
package dev.sluice.upload.session;

import org.jspecify.annotations.NullMarked;
