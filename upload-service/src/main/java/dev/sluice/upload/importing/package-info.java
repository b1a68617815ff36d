/**
 * Files of other places on their way into a dataset, as jobs that survive anything.
 *
 * <p><b>In</b>: /api/v1/imports; ImportRequested on topic sluice.uploads; time.
 *
 * <p><b>Does</b>: lists, compares with the last time, brings what changed through the ledger, has a
 * version made of it; a lease keeps a job with one replica, rows and the store's parts are all that
 * is needed to go on.
 *
 * <p><b>Out</b>: tables import_job, import_file, import_seen and import_schedule; ImportStarted,
 * ImportCompleted, ImportFailed and ImportCancelled.
 */
@NullMarked
package dev.sluice.upload.importing;

import org.jspecify.annotations.NullMarked;
