package dev.sluice.catalog.holding;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys of objects whose owner is wanted.
 *
 * @param keys 1 to 1,000
 */
record KeysQuestion(@Nullable List<@Nullable String> keys) {
  private static final int MOST = 1_000;

  /** Keys, when their number is allowed. */
  List<String> checked() {
    int count = keys == null ? 0 : keys.size();
    if (keys == null || count < 1 || count > MOST) {
      throw InvalidRequest.of("keys", count + " elements", "1 to " + MOST + " elements")
          .exception();
    }
    return keys.stream().filter(Objects::nonNull).toList();
  }

  /** Those of the keys that files point at. */
  record Answer(List<String> owned) {}
}
