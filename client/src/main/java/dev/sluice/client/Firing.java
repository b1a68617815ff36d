package dev.sluice.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger did on one occasion.
 *
 * @param occasion a version, or the instant of a tick
 * @param outcome started, cut or refused
 * @param reason why no run was started
 */
public record Firing(
    long id,
    String occasion,
    Instant at,
    String outcome,
    @Nullable String reason,
    @Nullable String runId) {}
