package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of a dataset are kept: those that either of the two numbers keeps.
 *
 * @param keepLast so many of the newest
 * @param keepDays those sealed in the last so many days
 * @param keepReleased whether released ones stay whatever the numbers say; true when null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionRule(
    @Nullable Integer keepLast, @Nullable Integer keepDays, @Nullable Boolean keepReleased) {}
