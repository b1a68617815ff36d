/**
 * Uploads on their way into drafts.
 *
 * <p><b>In</b>: topic sluice.uploads. <b>Does</b>: turns completed uploads into files of a draft,
 * newest wins, many at a time; ends imports. <b>Out</b>: tables draft_change, stored_object and
 * pending_file.
 */
@NullMarked
package dev.sluice.catalog.intake;

import org.jspecify.annotations.NullMarked;
