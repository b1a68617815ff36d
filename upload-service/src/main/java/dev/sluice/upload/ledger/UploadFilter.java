package dev.sluice.upload.ledger;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which uploads of a project are wanted; empty texts want all. */
public record UploadFilter(String dataset, String version, String state) {
  private static final Set<String> STATES =
      Set.of("", "open", "verifying", "completed", "aborted", "ignored", "failed");

  public UploadFilter {
    if (!STATES.contains(state)) {
      throw InvalidRequest.of(
              "state", state, "open, verifying, completed, aborted, ignored or failed")
          .exception();
    }
  }

  /** From query parameters, which may be absent. */
  public static UploadFilter of(
      @Nullable String dataset, @Nullable String version, @Nullable String state) {
    return new UploadFilter(
        dataset == null ? "" : dataset, version == null ? "" : version, state == null ? "" : state);
  }
}
