/**
 * Which datasets and drafts exist.
 *
 * <p><b>In</b>: topic sluice.datasets; the catalog over HTTP on a miss.
 *
 * <p><b>Does</b>: keeps a copy.
 *
 * <p><b>Out</b>: tables dataset and draft.
 */
@NullMarked
package dev.sluice.upload.intake;

import org.jspecify.annotations.NullMarked;
