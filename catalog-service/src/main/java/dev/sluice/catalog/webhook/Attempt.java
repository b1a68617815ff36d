package dev.sluice.catalog.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt.
 *
 * @param status of the answer, null when none came
 * @param error why none came
 */
record Attempt(Instant at, @Nullable Integer status, @Nullable String error, int millis) {
  private static final int OK = 200;
  private static final int NOT_OK = 300;
  private static final int GONE = 410;

  /** Whether the address took the delivery; redirects are no success. */
  boolean taken() {
    return status != null && status >= OK && status < NOT_OK;
  }

  /** Whether the address says that it wants nothing any more. */
  boolean unwanted() {
    return status != null && status == GONE;
  }
}
