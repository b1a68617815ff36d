package dev.sluice.catalog.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A dataset on the wire. */
@Schema(name = "Dataset")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DatasetView(
    UUID id,
    String project,
    String name,
    String dataType,
    String displayName,
    @Nullable String applicationScenario,
    @Nullable String description,
    List<String> tags,
    @Nullable String licence,
    String creator,
    Instant createdAt,
    Instant changedAt,
    @Nullable String latestVersion,
    int revision) {

  static DatasetView of(Dataset dataset) {
    Integer latest = dataset.latestNumber();
    return new DatasetView(
        dataset.id().value(),
        dataset.project(),
        dataset.name(),
        dataset.dataType().text(),
        dataset.about().displayName(),
        dataset.about().applicationScenario(),
        dataset.about().description(),
        dataset.about().tags(),
        dataset.about().licence(),
        dataset.creator(),
        dataset.createdAt(),
        dataset.changedAt(),
        latest == null ? null : "v" + latest,
        dataset.revision());
  }

  /** The entity tag: changes whenever a description changes. */
  String etag() {
    return EntityTags.of(revision);
  }
}
