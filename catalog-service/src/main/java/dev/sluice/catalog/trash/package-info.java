/**
 * Datasets that were deleted: they can be restored for a while, then they are purged.
 *
 * <p><b>In</b>: /projects/{p}/trash, the clock.
 *
 * <p><b>Does</b>: lists and restores; removes what is older than {@code sluice.catalog.trash.keep},
 * in batches, on whichever replica comes first. Objects are left to the garbage collector.
 *
 * <p><b>Out</b>: DatasetRestored, DatasetPurged.
 */
@NullMarked
package dev.sluice.catalog.trash;

import org.jspecify.annotations.NullMarked;
