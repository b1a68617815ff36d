/**
 * Outside sources on their way in.
 *
 * <p><b>In</b>: the source of a run, outside of Sluice. <b>Does</b>: has upload-service import it
 * on behalf of who asked for the run, once for each run, and looks how far that is. <b>Out</b>: the
 * version and the files that the run reads.
 */
@NullMarked
package dev.sluice.processing.importing;

import org.jspecify.annotations.NullMarked;
