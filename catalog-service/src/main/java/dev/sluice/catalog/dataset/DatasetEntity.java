package dev.sluice.catalog.dataset;

import dev.sluice.catalog.dataset.Dataset.Description;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** Row of table {@code dataset}. */
@Entity
@DynamicUpdate // so that the words of a card are not taken apart at each version
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

  @Nullable @Column String licence;

  @Column(nullable = false)
  String creator;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Column(name = "changed_at", nullable = false)
  Instant changedAt;

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
    row.describe(dataset);
    return row;
  }

  void describe(Dataset dataset) {
    Description about = dataset.about();
    displayName = about.displayName();
    applicationScenario = about.applicationScenario();
    description = about.description();
    tags = about.tags().toArray(String[]::new);
    licence = about.licence();
    changedAt = dataset.changedAt();
    revision = dataset.revision();
  }

  Dataset toDataset() {
    return new Dataset(
        new DatasetId(id),
        project,
        name,
        DataType.of(dataType),
        new Description(displayName, applicationScenario, description, List.of(tags), licence),
        creator,
        createdAt,
        changedAt,
        revision,
        lastNumber,
        latestNumber,
        deletedAt != null);
  }
}
