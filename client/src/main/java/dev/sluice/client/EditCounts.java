package dev.sluice.client;

/**
 * What edits did to a draft.
 *
 * @param put files put, new or in place of another
 * @param removed files taken out
 * @param moved files that have another path
 * @param files of the draft from now on
 * @param bytes of the draft from now on
 */
public record EditCounts(long put, long removed, long moved, long files, long bytes) {}
