package dev.sluice.catalog.holding;

import dev.sluice.catalog.holding.HoldingsView.Blocked;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Contents that somebody has read and wants to bring in.
 *
 * @param sha256 1 to 1,000
 */
record BlockedQuestion(@Nullable List<@Nullable String> sha256) {
  private static final int MOST = 1_000;

  /** Digests, when their number is allowed. */
  List<String> checked() {
    int count = sha256 == null ? 0 : sha256.size();
    if (sha256 == null || count < 1 || count > MOST) {
      throw InvalidRequest.of("sha256", count + " elements", "1 to " + MOST + " elements")
          .exception();
    }
    return sha256.stream().filter(Objects::nonNull).toList();
  }

  /** Those of the contents that were erased and must not come back. */
  record Answer(List<Blocked> blocked) {}
}
