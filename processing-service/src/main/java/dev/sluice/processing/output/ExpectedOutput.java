package dev.sluice.processing.output;

import java.util.UUID;

/**
 * The output an attempt should have left.
 *
 * @param manifestKey the object that lists it
 * @param keyPrefix all its objects lie below
 */
public record ExpectedOutput(
    UUID runId, int attempt, String bucket, String manifestKey, String keyPrefix) {}
