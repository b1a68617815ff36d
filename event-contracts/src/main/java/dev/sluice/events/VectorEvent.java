package dev.sluice.events;

import java.time.Instant;
import java.util.UUID;

/** What vector-sink-service says about a version's vectors; keyed by the dataset's id. */
public sealed interface VectorEvent extends SluiceEvent {
  UUID datasetId();

  String dataset();

  String version();

  @Override
  default String key() {
    return datasetId().toString();
  }

  @Override
  default String subject() {
    return "datasets/" + dataset() + "/versions/" + version();
  }

  /**
   * Every point of the version is searchable: counted exactly, collection green.
   *
   * @param points of the version in the collection
   * @param recipeDigest {@code sha256:} and 64 hex digits over the recipe
   */
  record VectorsIndexed(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      String collection,
      long points,
      String model,
      int dimension,
      String recipeDigest,
      Instant occurredAt)
      implements VectorEvent {
    public VectorsIndexed {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("version", version);
      Fields.required("collection", collection);
      Fields.notNegative("points", points);
    }
  }

  /** A version cannot be indexed as its recipe says; somebody has to look. */
  record VectorIndexingFailed(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      String reason,
      Instant occurredAt)
      implements VectorEvent {
    public VectorIndexingFailed {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("version", version);
      Fields.required("reason", reason);
    }
  }
}
