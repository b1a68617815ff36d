package dev.sluice.client;

/**
 * What a restore did.
 *
 * @param changed paths that are as they were in the other version, and were not before
 */
public record Restored(long changed, long files, long bytes) {}
