package dev.sluice.catalog.holding;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Contents that somebody is about to send.
 *
 * @param contents 1 to 1,000
 * @param draft where they are to go; null when nobody asks what it has
 */
record HoldingsQuestion(@Nullable List<@Nullable Content> contents, @Nullable DraftPaths draft) {
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

  /** Paths of a draft, when their number is allowed. */
  Optional<DraftPaths> checkedDraft() {
    int count = draft == null ? 0 : draft.paths().size();
    if (count > MOST) {
      throw InvalidRequest.of("draft.paths", count + " elements", "up to " + MOST + " elements")
          .exception();
    }
    return Optional.ofNullable(draft);
  }

  /**
   * Paths of a draft.
   *
   * @param version its number behind the letter v
   * @param paths up to 1,000
   */
  record DraftPaths(@Nullable UUID datasetId, @Nullable String version, List<String> paths) {
    DraftPaths {
      paths = paths == null ? List.of() : paths.stream().filter(Objects::nonNull).toList();
    }
  }

  /**
   * A content.
   *
   * @param size bytes
   * @param sha256 64 lower-case hex digits; null when it is not known yet
   */
  record Content(long size, @Nullable String sha256) {}
}
