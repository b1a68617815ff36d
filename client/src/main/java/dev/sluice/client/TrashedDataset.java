package dev.sluice.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dataset in the trash.
 *
 * @param id names it, since a namesake may live
 * @param purgeAt when it goes for good
 */
public record TrashedDataset(
    String id,
    String name,
    @Nullable String displayName,
    @Nullable String creator,
    @Nullable String deletedBy,
    @Nullable Instant deletedAt,
    @Nullable Instant purgeAt) {}
