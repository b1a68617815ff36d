package dev.sluice.catalog.edit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What edits did.
 *
 * @param put files put, new or in place of another
 * @param removed files taken out
 * @param moved files that have another path
 * @param files of the draft from now on
 * @param bytes of the draft from now on
 */
@Schema(name = "EditCounts")
record EditCounts(long put, long removed, long moved, long files, long bytes) {}
