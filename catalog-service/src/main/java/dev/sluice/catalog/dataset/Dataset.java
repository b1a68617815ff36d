package dev.sluice.catalog.dataset;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named line of versions in a project.
 *
 * @param name DNS label of 3 to 40 characters, never changes
 * @param changedAt when people last wrote about it
 * @param revision counts the changes of what people wrote about it
 * @param lastNumber highest version number ever given, 0 before the first
 * @param latestNumber newest version that is sealed or released
 * @param trashed whether it was deleted
 */
public record Dataset(
    DatasetId id,
    String project,
    String name,
    DataType dataType,
    Description about,
    String creator,
    Instant createdAt,
    Instant changedAt,
    int revision,
    int lastNumber,
    @Nullable Integer latestNumber,
    boolean trashed) {

  /** What people wrote about a dataset; may change. */
  public record Description(
      String displayName,
      @Nullable String applicationScenario,
      @Nullable String description,
      List<String> tags,
      @Nullable String licence) {
    public Description {
      tags = List.copyOf(tags);
    }
  }

  /** The number the next draft gets. */
  public int nextNumber() {
    return lastNumber + 1;
  }

  Dataset described(Description changed, Instant at) {
    return new Dataset(
        id,
        project,
        name,
        dataType,
        changed,
        creator,
        createdAt,
        at,
        revision + 1,
        lastNumber,
        latestNumber,
        trashed);
  }
}
