package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/**
 * What a project holds and may hold.
 *
 * @param objects files that are stored once, however many versions have them
 * @param quotaBytes what is checked; null for no limit
 * @param ownersBytes what owners set
 * @param administratorsBytes what the settings allow
 */
public record Usage(
    long objects,
    long bytes,
    @Nullable Long quotaBytes,
    @Nullable Long ownersBytes,
    @Nullable Long administratorsBytes) {}
