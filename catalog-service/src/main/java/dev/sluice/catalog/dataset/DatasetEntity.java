package dev.sluice.catalog.dataset;

import dev.sluice.catalog.dataset.Dataset.Description;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row of table {@code dataset}. */
@Entity
@Table(name = "dataset")
class DatasetEntity {
  @Id UUID id;

  @Column(nullable = false)
  String project;

  @Column(nullable = false)
  String name;

  @Column(name = "data_type", nullable = false)
  String dataType;

  @Column(name = "display_name", nullable = false)
  String displayName;

  @Nullable
  @Column(name = "application_scenario")
  String applicationScenario;

  @Nullable @Column String description;

  @Column(nullable = false)
  String[] tags;

  @Column(nullable = false)
  String creator;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(nullable = false)
  int revision;

  @Column(name = "last_number", nullable = false)
  int lastNumber;

  @Nullable
  @Column(name = "latest_number")
  Integer latestNumber;

  @Nullable
  @Column(name = "deleted_at")
  Instant deletedAt;

  @Nullable
  @Column(name = "deleted_by")
  String deletedBy;

  /** For Hibernate. */
  DatasetEntity() {}

  static DatasetEntity from(Dataset dataset) {
    DatasetEntity row = new DatasetEntity();
    row.id = dataset.id().value();
    row.project = dataset.project();
    row.name = dataset.name();
    row.dataType = dataset.dataType().text();
    row.creator = dataset.creator();
    row.createdAt = dataset.createdAt();
    row.lastNumber = dataset.lastNumber();
    row.latestNumber = dataset.latestNumber();
    row.describe(dataset.about(), dataset.revision());
    return row;
  }

  void describe(Description about, int changedTo) {
    displayName = about.displayName();
    applicationScenario = about.applicationScenario();
    description = about.description();
    tags = about.tags().toArray(String[]::new);
    revision = changedTo;
  }

  Dataset toDataset() {
    return new Dataset(
        new DatasetId(id),
        project,
        name,
        DataType.of(dataType),
        new Description(displayName, applicationScenario, description, List.of(tags)),
        creator,
        createdAt,
        revision,
        lastNumber,
        latestNumber,
        deletedAt != null);
  }
}
