/**
 * The ledger of uploads: open, verifying, completed; or aborted, ignored, failed.
 *
 * <p><b>In</b>: steps of the other packages.
 *
 * <p><b>Does</b>: keeps each upload's state under its row's lock.
 *
 * <p><b>Out</b>: table upload; FileIgnored, UploadAborted when a file begins.
 */
@NullMarked
package dev.sluice.upload.ledger;

import org.jspecify.annotations.NullMarked;
