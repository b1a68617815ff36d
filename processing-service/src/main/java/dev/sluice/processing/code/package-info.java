/**
 * Files that travel with a user's program.
 *
 * <p><b>In</b>: the files of a version, or of a folder of it, that a manifest names as its working
 * directory. <b>Does</b>: refuses what is too large or not a plain relative path, puts the rest
 * into one zip with the same name wherever it is made. <b>Out</b>: a package for the cluster.
 */
@NullMarked
package dev.sluice.processing.code;

import org.jspecify.annotations.NullMarked;
