package dev.sluice.vectorsink.recipe;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Row of table {@code recipe}. */
@Entity
@Table(name = "recipe")
class RecipeEntity {
  @Id
  @Column(name = "dataset_id")
  UUID datasetId;

  @Column(nullable = false)
  String project;

  @Column(nullable = false)
  String dataset;

  @Column(nullable = false)
  String model;

  @Column(name = "text_column", nullable = false)
  String textColumn;

  @Column(nullable = false)
  String distance;

  @Column(nullable = false)
  String digest;

  @Column(name = "updated_by", nullable = false)
  String updatedBy;

  @Column(name = "updated_at", nullable = false)
  Instant updatedAt;

  Recipe toRecipe() {
    return new Recipe(model, textColumn, distance);
  }
}
