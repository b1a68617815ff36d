/**
 * Proof that what lies in the store is what the client announced.
 *
 * <p><b>In</b>: uploads in state verifying.
 *
 * <p><b>Does</b>: reads objects back in the background, a few at a time.
 *
 * <p><b>Out</b>: UploadCompleted, FileIgnored; the upload's end state.
 */
@NullMarked
package dev.sluice.upload.verification;

import org.jspecify.annotations.NullMarked;
