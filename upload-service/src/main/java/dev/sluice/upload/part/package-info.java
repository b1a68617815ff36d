/**
 * The parts of an upload: what is stored, where to PUT the rest, and their merge.
 *
 * <p><b>In</b>: chunks, urls and complete under /api/v1/uploads.
 *
 * <p><b>Does</b>: asks the store for the truth, keeps progress, merges.
 *
 * <p><b>Out</b>: table upload_part; ChunkUploaded.
 */
@NullMarked
package dev.sluice.upload.part;

import org.jspecify.annotations.NullMarked;
