package dev.sluice.upload.ledger;

import dev.sluice.support.tracing.TraceContext;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.ledger.UploadState.Verifying;
import dev.sluice.upload.media.DataType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A row of table {@code upload}. */
@Entity
@DynamicUpdate
@Table(name = "upload")
class UploadEntity {
  @Id
  @Column(name = "id")
  UUID id;

  @Column(name = "project", updatable = false)
  String project;

  @Column(name = "dataset_id", updatable = false)
  UUID datasetId;

  @Column(name = "dataset", updatable = false)
  String dataset;

  @Column(name = "version", updatable = false)
  String version;

  @Column(name = "data_type", updatable = false)
  String dataType;

  @Column(name = "path", updatable = false)
  String path;

  @Column(name = "size", updatable = false)
  long size;

  @Column(name = "sha256")
  @Nullable String sha256;

  @Column(name = "part_size", updatable = false)
  long partSize;

  @Column(name = "part_count", updatable = false)
  int partCount;

  @Column(name = "object_key", updatable = false)
  String objectKey;

  @Column(name = "held", updatable = false)
  boolean held;

  @Column(name = "reopened")
  int reopened;

  @Column(name = "store_upload_id", insertable = false)
  @Nullable String storeUploadId;

  @Column(name = "urls_expire_at", insertable = false, updatable = false)
  @Nullable Instant urlsExpireAt;

  @Column(name = "created_by", updatable = false)
  String createdBy;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "state")
  String state;

  @Column(name = "since")
  Instant since;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "media_type")
  @Nullable String mediaType;

  @Column(name = "crc32c")
  @Nullable String crc32c;

  @Column(name = "reason")
  @Nullable String reason;

  @Column(name = "cleanup_at")
  @Nullable Instant cleanupAt;

  @Column(name = "traceparent")
  String traceparent = "";

  static UploadEntity from(Upload upload, Optional<Instant> urlsUntil) {
    UploadEntity row = new UploadEntity();
    row.urlsExpireAt = urlsUntil.orElse(null);
    row.id = upload.id().value();
    row.project = upload.target().project();
    row.datasetId = upload.target().datasetId();
    row.dataset = upload.target().dataset();
    row.version = upload.target().version();
    row.dataType = upload.target().dataType().label();
    row.path = upload.path().value();
    row.size = upload.content().size();
    row.sha256 = upload.content().sha256().orElse(null);
    row.partSize = upload.plan().partSize();
    row.partCount = upload.plan().partCount();
    row.objectKey = upload.key().value();
    row.held = upload.held();
    row.reopened = upload.reopened();
    row.createdBy = upload.createdBy();
    row.createdAt = upload.createdAt();
    row.become(upload.state());
    return row;
  }

  void become(UploadState next) {
    UploadStateColumns columns = UploadStateColumns.of(next);
    state = columns.state();
    since = columns.since();
    expiresAt = columns.expiresAt();
    mediaType = columns.mediaType();
    crc32c = columns.crc32c();
    reason = columns.reason();
    cleanupAt = columns.leavesRubbish(partCount == 1 && !held) ? columns.since() : null;
    if (next instanceof Verifying) {
      traceparent = TraceContext.current();
    }
  }

  FileContent content() {
    return new FileContent(size, Optional.ofNullable(sha256));
  }

  void tell(FileContent content) {
    sha256 = content.sha256().orElse(sha256);
  }

  void reopen(Open next, Optional<String> storeId) {
    become(next);
    storeUploadId = storeId.orElse(null);
    reopened++;
  }

  Upload toUpload() {
    return new Upload(
        new UploadId(id),
        new Target(project, datasetId, dataset, version, DataType.named(dataType).orElseThrow()),
        new FilePath(path),
        content(),
        new PartPlan(size, partSize, partCount),
        new ObjectKey(objectKey),
        Optional.ofNullable(storeUploadId),
        urlsExpireAt != null,
        held,
        reopened,
        createdBy,
        createdAt,
        new UploadStateColumns(state, since, expiresAt, mediaType, crc32c, reason).toState());
  }
}
