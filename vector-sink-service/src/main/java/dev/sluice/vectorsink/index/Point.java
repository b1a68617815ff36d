package dev.sluice.vectorsink.index;

import java.util.UUID;

/** A vector with what is told about it. */
@SuppressWarnings("ArrayRecordComponent") // never compared, made by the million
public record Point(UUID id, float[] vector, PointPayload payload) {}
