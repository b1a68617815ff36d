package dev.sluice.catalog.member;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** Row of table {@code member}. */
@Entity
@Table(name = "member")
class MemberEntity {
  @EmbeddedId Id id;

  @Column(nullable = false)
  String role;

  @Column(name = "changed_at", nullable = false)
  Instant changedAt;

  /** For Hibernate. */
  MemberEntity() {}

  MemberEntity(Id id, String role, Instant changedAt) {
    this.id = id;
    this.role = role;
    this.changedAt = changedAt;
  }

  /** A person in a project. */
  @Embeddable
  record Id(@Column(name = "project") String project, @Column(name = "user_name") String user) {}
}
