package dev.sluice.catalog.dataset;

import dev.sluice.catalog.Texts;
import dev.sluice.catalog.dataset.Dataset.Description;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What changes in a dataset's description; null leaves a member as it is, blank clears it. */
record DatasetChange(
    @Nullable String displayName,
    @Nullable String applicationScenario,
    @Nullable String description,
    @Nullable List<@Nullable String> tags,
    @Nullable String licence) {
  /** Changes nothing. */
  static final DatasetChange NONE = new DatasetChange(null, null, null, null, null);

  private static final int MOST_TAGS = 50;
  private static final int LONGEST_TAG = 60;

  Description appliedTo(Description old) {
    String name = Texts.checked("displayName", displayName, Texts.NAME);
    return new Description(
        name == null ? old.displayName() : name,
        text("applicationScenario", applicationScenario, old.applicationScenario(), Texts.NAME),
        text("description", description, old.description(), Texts.DESCRIPTION),
        tags == null ? old.tags() : checkedTags(tags),
        licence == null ? old.licence() : Licence.checked(licence));
  }

  private static @Nullable String text(
      String field, @Nullable String changed, @Nullable String old, int longest) {
    return changed == null ? old : Texts.checked(field, changed, longest);
  }

  private static List<String> checkedTags(List<@Nullable String> tags) {
    if (tags.size() > MOST_TAGS) {
      throw InvalidRequest.of("tags", tags.size(), "at most " + MOST_TAGS).exception();
    }
    return tags.stream()
        .map(tag -> Texts.checked("tags", tag, LONGEST_TAG))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .sorted()
        .toList();
  }
}
