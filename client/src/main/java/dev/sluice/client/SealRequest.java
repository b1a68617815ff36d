package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** How many files (and, where known, which digest) the caller put in. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SealRequest(long expectedFiles, @Nullable String digest) {}
