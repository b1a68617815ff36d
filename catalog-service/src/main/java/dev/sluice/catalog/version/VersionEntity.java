package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.file.VersionDigest;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Dropped;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.catalog.version.VersionState.Purged;
import dev.sluice.catalog.version.VersionState.Released;
import dev.sluice.catalog.version.VersionState.Seal;
import dev.sluice.catalog.version.VersionState.Sealed;
import dev.sluice.catalog.version.VersionState.Withdrawn;
import dev.sluice.events.DatasetEvent.ProducedBy;
import dev.sluice.manifest.Digest;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Row of table {@code dataset_version}; the state is spread over nullable columns. */
@Entity
@Table(name = "dataset_version")
class VersionEntity {
  @Id UUID id;

  @Column(name = "dataset_id", nullable = false)
  UUID datasetId;

  @Column(nullable = false)
  String project;

  @Column(nullable = false)
  int number;

  @Column(nullable = false)
  String state;

  @Column(nullable = false)
  long files;

  @Column(nullable = false)
  long bytes;

  @Column(nullable = false)
  String root;

  @Nullable
  @Column(name = "inherited_from")
  Integer inheritedFrom;

  @Column(name = "produced_by", nullable = false)
  String producedBy;

  @Nullable
  @Column(name = "run_id")
  UUID runId;

  @Column(name = "created_by", nullable = false)
  String createdBy;

  @Column(name = "created_at", nullable = false)
  Instant createdAt;

  @Nullable @Column String digest;

  @Nullable
  @Column(name = "sealed_at")
  Instant sealedAt;

  @Nullable
  @Column(name = "state_by")
  String stateBy;

  @Nullable
  @Column(name = "state_at")
  Instant stateAt;

  @Nullable
  @Column(name = "state_reason")
  String stateReason;

  /** For Hibernate. */
  VersionEntity() {}

  static VersionEntity from(Version version) {
    VersionEntity row = new VersionEntity();
    row.id = version.id();
    row.datasetId = version.datasetId().value();
    row.project = version.project();
    row.number = version.number().value();
    VersionNumber parent = version.inheritedFrom();
    row.inheritedFrom = parent == null ? null : parent.value();
    row.producedBy = version.producedBy().kind();
    row.runId = version.producedBy().runId();
    row.createdBy = version.createdBy();
    row.createdAt = version.createdAt();
    row.become(version);
    return row;
  }

  /** Takes over what may change. */
  void become(Version version) {
    files = version.files();
    bytes = version.bytes();
    root = version.root().hex();
    state = VersionView.stateOf(version.state());
    if (version.state() instanceof Final f) {
      digest = f.seal().digest().value();
      sealedAt = f.seal().at();
    }
    switch (version.state()) {
      case Draft s -> reached(null, null, null);
      case Sealed s -> reached(null, null, null);
      case Released s -> reached(s.by(), s.at(), s.reason());
      case Withdrawn s -> reached(s.by(), s.at(), s.reason());
      case Purged s -> reached(s.by(), s.at(), s.reason());
      case Dropped s -> reached(null, s.at(), s.reason());
    }
  }

  Version toVersion() {
    return new Version(
        id,
        new DatasetId(datasetId),
        project,
        new VersionNumber(number),
        toState(),
        files,
        bytes,
        Digest.ofHex(root),
        inheritedFrom == null ? null : new VersionNumber(inheritedFrom),
        new ProducedBy(producedBy, runId),
        createdBy,
        createdAt);
  }

  private VersionState toState() {
    return switch (state) {
      case "draft" -> new Draft();
      case "sealed" -> new Sealed(seal());
      case "released" -> new Released(seal(), known(stateBy), known(stateAt), stateReason);
      case "withdrawn" -> new Withdrawn(seal(), known(stateBy), known(stateAt), stateReason);
      case "purged" -> new Purged(seal(), known(stateBy), known(stateAt), stateReason);
      case "dropped" -> new Dropped(known(stateReason), known(stateAt));
      default -> throw new IllegalStateException("unknown state '" + state + "' of " + id);
    };
  }

  private Seal seal() {
    return new Seal(new VersionDigest(known(digest)), known(sealedAt));
  }

  private void reached(@Nullable String by, @Nullable Instant at, @Nullable String reason) {
    stateBy = by;
    stateAt = at;
    stateReason = reason;
  }

  private static <T> T known(@Nullable T column) {
    return Objects.requireNonNull(column, "a column that the state needs");
  }
}
