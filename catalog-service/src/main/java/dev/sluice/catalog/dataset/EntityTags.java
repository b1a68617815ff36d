package dev.sluice.catalog.dataset;

import dev.sluice.catalog.dataset.DatasetProblem.ChangedMeanwhile;
import dev.sluice.catalog.dataset.DatasetProblem.IfMatchRequired;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entity tags of datasets and cards: their revision. */
final class EntityTags {
  private static final String ANY = "*";

  private EntityTags() {}

  static String of(int revision) {
    return "\"" + revision + "\"";
  }

  /** Refuses a change that was built on another revision: 428 without a tag, 412 with another. */
  static void required(@Nullable String ifMatch, Dataset dataset) {
    required(ifMatch, "dataset '" + dataset.name() + "'", dataset.revision());
  }

  /** As above, for something else with a revision. */
  static void required(@Nullable String ifMatch, String what, int revision) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw new IfMatchRequired(what).exception();
    }
    optional(ifMatch, what, revision);
  }

  /** As {@link #required}, but no tag at all is accepted. */
  static void optional(@Nullable String ifMatch, Dataset dataset) {
    optional(ifMatch, "dataset '" + dataset.name() + "'", dataset.revision());
  }

  private static void optional(@Nullable String ifMatch, String what, int revision) {
    String now = of(revision);
    if (ifMatch != null
        && Arrays.stream(ifMatch.split(","))
            .map(String::strip)
            .noneMatch(tag -> tag.equals(ANY) || tag.equals(now))) {
      throw new ChangedMeanwhile(what, ifMatch, now).exception();
    }
  }
}
