package dev.sluice.vectorsink.indexing;

import org.jspecify.annotations.Nullable;

/** Which version shall be indexed. */
record IndexRequest(@Nullable String project, @Nullable String dataset, @Nullable String version) {}
