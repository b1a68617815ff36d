/**
 * Many small files by few requests.
 *
 * <p><b>In</b>: POST /api/v1/uploads/batch and /batch/complete; GET /api/v1/uploads/summary.
 *
 * <p><b>Does</b>: announces, addresses and ends up to 1,000 files at once; sums a version up.
 *
 * <p><b>Out</b>: the same uploads as the single steps make.
 */
@NullMarked
package dev.sluice.upload.batch;

import org.jspecify.annotations.NullMarked;
