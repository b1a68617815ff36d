/**
 * Which run made which version from what, and where it is indexed.
 *
 * <p><b>In</b>: reservations, topics sluice.processing and sluice.vectors. <b>Does</b>: commits
 * outputs of runs, records indexes, answers lineage. <b>Out</b>: VersionCreated, DraftDropped;
 * tables run_output, version_input, version_index.
 */
@NullMarked
package dev.sluice.catalog.lineage;

import org.jspecify.annotations.NullMarked;
