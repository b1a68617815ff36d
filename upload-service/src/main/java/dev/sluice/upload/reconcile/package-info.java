/**
 * Finds what has no owner, after any crash or restore.
 *
 * <p><b>In</b>: POST /api/v1/uploads/reconciliations, and the clock.
 *
 * <p><b>Does</b>: compares store, ledger and catalog; a grace period keeps work under way safe.
 *
 * <p><b>Out</b>: aborted multipart uploads, deleted objects, facts said again; a report.
 */
@NullMarked
package dev.sluice.upload.reconcile;

import org.jspecify.annotations.NullMarked;
