/**
 * Bytes from a folder into an object store, beside the best native clients.
 *
 * <p><b>In</b>: MinIO, mc, rclone and boto3 from the path or from {@code SLUICE_BENCH_TOOLS}.
 * <b>Does</b>: lets each upload the same files into the same MinIO process, counts seconds and
 * processor seconds, and compares what arrived with what was there. <b>Out</b>: figures of the leg
 * {@code upload}; what cannot be measured says so.
 */
@NullMarked
package dev.sluice.bench.upload;

import org.jspecify.annotations.NullMarked;
