/**
 * Files from elsewhere into a version, beside rclone.
 *
 * <p><b>In</b>: MinIO and rclone, which also serves the files over HTTP. <b>Does</b>: lets both
 * fetch the same file, near and far (through a proxy that delays), and counts what passes through
 * us when the source is our own store. <b>Out</b>: figures of the leg {@code import}.
 */
@NullMarked
package dev.sluice.bench.imports;

import org.jspecify.annotations.NullMarked;
