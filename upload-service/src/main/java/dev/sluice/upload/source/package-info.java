/**
 * Places outside Sluice that files are imported from: HTTP, S3, NFS, and folders of the server that
 * an administrator allows.
 *
 * <p><b>In</b>: a URL that somebody typed.
 *
 * <p><b>Does</b>: guards every address that is connected to; lists files and reads ranges of the
 * version that was listed.
 *
 * <p><b>Out</b>: files with names that are right, and their bytes.
 */
@NullMarked
package dev.sluice.upload.source;

import org.jspecify.annotations.NullMarked;
