package dev.sluice.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A named line of versions in a project. */
public record Dataset(
    @Nullable String id,
    @Nullable String project,
    String name,
    DataType dataType,
    @Nullable String displayName,
    @Nullable String applicationScenario,
    @Nullable String description,
    List<String> tags,
    @Nullable String licence,
    @Nullable String creator,
    @Nullable Instant createdAt,
    @Nullable String latestVersion) {

  public Dataset {
    tags = Lists.orEmpty(tags);
  }
}
