package dev.sluice.catalog.audit;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which entries of a project are wanted; null does not filter. */
record AuditFilter(
    @Nullable AuditAction action,
    @Nullable String actor,
    @Nullable String dataset,
    @Nullable String version,
    @Nullable Instant from,
    @Nullable Instant to) {

  /** An instant of a query parameter; 400 when it is none. */
  static @Nullable Instant instant(String field, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw InvalidRequest.of(field, text, "an instant such as 2026-11-22T12:00:00Z").exception();
    }
  }
}
