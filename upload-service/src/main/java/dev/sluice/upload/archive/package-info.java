/**
 * Archives that are expanded while they are imported: zip, tar, gz, zst and tars in the latter two.
 *
 * <p><b>In</b>: a stream of bytes from outside, which is trusted in nothing.
 *
 * <p><b>Does</b>: gives one file after the other, within limits of bytes, files and ratio.
 *
 * <p><b>Out</b>: regular files with names that are right.
 */
@NullMarked
package dev.sluice.upload.archive;

import org.jspecify.annotations.NullMarked;
