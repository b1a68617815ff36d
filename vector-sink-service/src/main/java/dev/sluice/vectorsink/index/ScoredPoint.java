package dev.sluice.vectorsink.index;

import java.util.UUID;

/** A point near a question; {@code score} is the cosine, 1 is nearest. */
public record ScoredPoint(UUID id, double score, PointPayload payload) {}
