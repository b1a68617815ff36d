package dev.sluice.upload.importing;

import dev.sluice.upload.importing.ImportState.Cancelled;
import dev.sluice.upload.importing.ImportState.Committing;
import dev.sluice.upload.importing.ImportState.Failed;
import dev.sluice.upload.importing.ImportState.Requested;
import dev.sluice.upload.importing.ImportState.Running;
import dev.sluice.upload.importing.ImportState.Succeeded;
import dev.sluice.upload.importing.ImportState.Unchanged;
import dev.sluice.upload.media.DataType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A row of table {@code import_job}. */
@Entity
@DynamicUpdate
@Table(name = "import_job")
class ImportEntity {
  @Id UUID id;

  @Column(updatable = false)
  String project;

  @Column(updatable = false)
  String dataset;

  @Column(name = "data_type", updatable = false)
  @Nullable String dataType;

  @Column(updatable = false)
  String sources;

  @Column(updatable = false)
  String prefix;

  @Column(updatable = false)
  boolean expand;

  @Column(name = "schedule_id", updatable = false)
  @Nullable UUID scheduleId;

  @Column(name = "requested_by", updatable = false)
  String requestedBy;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(updatable = false)
  String traceparent;

  @Column String state;
  @Column Instant since;

  @Column(name = "started_at")
  @Nullable Instant startedAt;

  @Column int attempt;

  @Column(name = "reason_code")
  @Nullable String reasonCode;

  @Column @Nullable String reason;

  @Column(name = "dataset_id")
  @Nullable UUID datasetId;

  @Column(name = "dataset_type")
  @Nullable String datasetType;

  @Column @Nullable String version;

  @Column(name = "base_version")
  @Nullable String baseVersion;

  @Column boolean listed;
  @Column int tries;

  @Column(name = "next_at")
  Instant nextAt;

  @Column(name = "lease_owner")
  @Nullable UUID leaseOwner;

  @Column(name = "lease_until")
  @Nullable Instant leaseUntil;

  @Column(name = "draft_until")
  @Nullable Instant draftUntil;

  @Column boolean dropping;

  @Column(name = "files_total")
  long filesTotal;

  @Column(name = "files_done")
  long filesDone;

  @Column(name = "files_unchanged")
  long filesUnchanged;

  @Column(name = "files_ignored")
  long filesIgnored;

  @Column(name = "files_failed")
  long filesFailed;

  @Column(name = "bytes_total")
  long bytesTotal;

  @Column(name = "bytes_done")
  long bytesDone;

  static ImportEntity from(Import job, String traceparent) {
    ImportEntity row = new ImportEntity();
    row.id = job.id().value();
    row.project = job.order().project();
    row.dataset = job.order().dataset();
    row.dataType = job.order().dataType().map(DataType::label).orElse(null);
    row.sources = Places.write(job.order().sources());
    row.prefix = job.order().prefix();
    row.expand = job.order().expand();
    row.scheduleId = job.schedule().orElse(null);
    row.requestedBy = job.requestedBy();
    row.createdAt = job.createdAt();
    row.traceparent = traceparent;
    row.attempt = job.attempt();
    row.nextAt = job.createdAt();
    row.become(job.state());
    return row;
  }

  void become(ImportState next) {
    state = next.label();
    since = next.since();
    reasonCode = null;
    reason = null;
    switch (next) {
      case Failed s -> {
        reasonCode = s.code();
        reason = s.reason();
      }
      case Cancelled s -> reason = "by " + s.by();
      case Requested s -> nextAt = s.since();
      case Running s -> startedAt = startedAt == null ? s.since() : startedAt;
      case Committing s -> {}
      case Succeeded s -> {}
      case Unchanged s -> {}
    }
    if (!(next instanceof Running)) {
      leaseOwner = null;
      leaseUntil = null;
    }
  }

  void take(Progress progress) {
    filesTotal = progress.filesTotal();
    filesDone = progress.filesDone();
    filesUnchanged = progress.filesUnchanged();
    filesIgnored = progress.filesIgnored();
    filesFailed = progress.filesFailed();
    bytesTotal = progress.bytesTotal();
    bytesDone = progress.bytesDone();
  }

  void take(Destination destination) {
    datasetId = destination.datasetId();
    datasetType = destination.dataType().label();
    version = destination.version();
    baseVersion = destination.baseVersion().orElse(null);
  }

  Import toImport() {
    return new Import(
        new ImportId(id),
        new ImportOrder(
            project,
            dataset,
            Optional.ofNullable(dataType).flatMap(DataType::named),
            Places.read(sources),
            prefix,
            expand),
        requestedBy,
        createdAt,
        Optional.ofNullable(scheduleId),
        attempt,
        toState(),
        Optional.ofNullable(startedAt),
        Optional.ofNullable(datasetId),
        destination(),
        listed,
        tries,
        new Progress(
            filesTotal,
            filesDone,
            filesUnchanged,
            filesIgnored,
            filesFailed,
            bytesTotal,
            bytesDone));
  }

  private Optional<Destination> destination() {
    if (datasetId == null || datasetType == null || version == null) {
      return Optional.empty();
    }
    DataType type = DataType.named(datasetType).orElseThrow();
    return Optional.of(new Destination(datasetId, type, version, Optional.ofNullable(baseVersion)));
  }

  private ImportState toState() {
    return switch (state) {
      case "requested" -> new Requested(since);
      case "running" -> new Running(since);
      case "committing" -> new Committing(since);
      case "succeeded" -> new Succeeded(since);
      case "unchanged" -> new Unchanged(since);
      case "failed" ->
          new Failed(Objects.requireNonNull(reasonCode), Objects.requireNonNull(reason), since);
      case "cancelled" -> new Cancelled(String.valueOf(reason).replaceFirst("^by ", ""), since);
      default -> throw new IllegalStateException("unknown state of an import: " + state);
    };
  }
}
