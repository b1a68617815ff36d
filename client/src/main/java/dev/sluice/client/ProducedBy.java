package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** What made a version: {@code upload}, {@code run} or {@code import}. */
public record ProducedBy(String kind, @Nullable String runId) {}
