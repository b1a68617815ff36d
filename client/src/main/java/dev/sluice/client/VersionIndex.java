package dev.sluice.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Says that a version can be searched, in which collection and with how many points. */
public record VersionIndex(
    @Nullable String collection,
    long points,
    @Nullable String recipeDigest,
    @Nullable Instant at) {}
