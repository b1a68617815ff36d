package dev.sluice.catalog.project;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Row of table {@code project}. */
@Entity
@Table(name = "project")
class ProjectEntity {
  @Id String name;

  @Column(name = "display_name", nullable = false)
  String displayName;

  @Column(nullable = false)
  String bucket;

  @Column(name = "created_by", nullable = false)
  String createdBy;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  /** For Hibernate. */
  ProjectEntity() {}

  static ProjectEntity from(Project project) {
    ProjectEntity row = new ProjectEntity();
    row.name = project.name();
    row.displayName = project.displayName();
    row.bucket = project.bucket();
    row.createdBy = project.createdBy();
    row.createdAt = project.createdAt();
    return row;
  }

  Project toProject() {
    return new Project(name, displayName, createdBy, createdAt, bucket);
  }
}
