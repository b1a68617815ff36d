/**
 * What a file is, by its name and by its content.
 *
 * <p><b>In</b>: names and bytes.
 *
 * <p><b>Does</b>: names the media type and says whether a dataset takes it.
 *
 * <p><b>Out</b>: verdicts.
 */
@NullMarked
package dev.sluice.upload.media;

import org.jspecify.annotations.NullMarked;
