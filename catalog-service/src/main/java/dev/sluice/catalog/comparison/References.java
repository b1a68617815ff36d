package dev.sluice.catalog.comparison;

import dev.sluice.events.VersionRef;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** Versions as callers name them. */
final class References {
  private References() {}

  /** {@code v1} of this dataset, or {@code other@v1}; 400 when there is no name. */
  static VersionRef of(String dataset, String field, @Nullable String text) {
    if (text == null || text.isBlank()) {
      throw InvalidRequest.of(field, String.valueOf(text), "v1 or dataset@v1").exception();
    }
    int at = text.indexOf('@');
    return at <= 0
        ? new VersionRef(dataset, text)
        : new VersionRef(text.substring(0, at), text.substring(at + 1));
  }
}
