package dev.sluice.vectorsink.indexing;

import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VersionLabel;
import dev.sluice.vectorsink.indexing.IndexingState.Failed;
import dev.sluice.vectorsink.indexing.IndexingState.Indexed;
import dev.sluice.vectorsink.indexing.IndexingState.Pending;
import dev.sluice.vectorsink.indexing.IndexingState.Running;
import dev.sluice.vectorsink.recipe.Recipe;
import dev.sluice.vectorsink.source.VersionPosition;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row of table {@code indexing}; written by statements, read as an entity. */
@Entity
@Table(name = "indexing")
class IndexingEntity {
  @Id UUID id;

  @Column(nullable = false)
  String project;

  @Column(name = "dataset_id", nullable = false)
  UUID datasetId;

  @Column(nullable = false)
  String dataset;

  @Column(nullable = false)
  int version;

  @Column(nullable = false)
  String model;

  @Column(name = "text_column", nullable = false)
  String textColumn;

  @Column(nullable = false)
  String distance;

  @Column(name = "recipe_digest", nullable = false)
  String recipeDigest;

  @Column(nullable = false)
  String state;

  @Nullable @Column String reason;

  @Column(name = "row_count", nullable = false)
  long rows;

  @Column(name = "point_count", nullable = false)
  long points;

  @Column(name = "next_file", nullable = false)
  int nextFile;

  @Column(name = "next_row", nullable = false)
  long nextRow;

  @Column(nullable = false)
  int generation;

  @Column(nullable = false)
  int attempts;

  @Column(name = "not_before", nullable = false)
  Instant notBefore;

  @Nullable
  @Column(name = "indexed_at")
  Instant indexedAt;

  @Column(nullable = false)
  String traceparent = "";

  Indexing toIndexing() {
    return new Indexing(
        id,
        new DatasetKey(project, dataset),
        datasetId,
        new VersionLabel(version),
        new Recipe(model, textColumn, distance),
        recipeDigest,
        toState(),
        generation,
        rows,
        points,
        attempts,
        reason,
        traceparent);
  }

  private IndexingState toState() {
    return switch (state) {
      case "pending" -> new Pending();
      case "indexing" -> new Running(new VersionPosition(nextFile, nextRow));
      case "indexed" -> new Indexed(Objects.requireNonNullElse(indexedAt, Instant.EPOCH));
      case "failed" -> new Failed(Objects.requireNonNullElse(reason, "unknown"));
      default -> throw new IllegalStateException("no such state of an indexing: " + state);
    };
  }
}
