package dev.sluice.catalog.holding;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Contents that somebody is about to send.
 *
 * @param contents 1 to 1,000
 */
record HoldingsQuestion(@Nullable List<@Nullable Content> contents) {
  private static final int MOST = 1_000;

  /** Contents, when their number is allowed. */
  List<Content> checked() {
    int count = contents == null ? 0 : contents.size();
    if (contents == null || count < 1 || count > MOST) {
      throw InvalidRequest.of("contents", count + " elements", "1 to " + MOST + " elements")
          .exception();
    }
    return contents.stream().filter(Objects::nonNull).toList();
  }

  /**
   * A content.
   *
   * @param size bytes
   * @param sha256 64 lower-case hex digits; null when it is not known yet
   */
  record Content(long size, @Nullable String sha256) {}
}
