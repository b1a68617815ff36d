package dev.sluice.upload.importing;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which imports of a project are wanted; empty texts want all. */
record ImportFilter(String dataset, String state) {
  private static final Set<String> STATES =
      Set.of(
          "",
          "requested",
          "running",
          "committing",
          "succeeded",
          "unchanged",
          "failed",
          "cancelled");

  ImportFilter {
    if (!STATES.contains(state)) {
      throw InvalidRequest.of(
              "state",
              state,
              "requested, running, committing, succeeded, unchanged, failed or cancelled")
          .exception();
    }
  }

  /** From query parameters, which may be absent. */
  static ImportFilter of(@Nullable String dataset, @Nullable String state) {
    return new ImportFilter(dataset == null ? "" : dataset, state == null ? "" : state);
  }
}
