package dev.sluice.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What upload-service says about files on their way into a draft version. */
public sealed interface UploadEvent extends SluiceEvent {
  /** The dataset; also the record key, so that a dataset's uploads stay in order. */
  UUID datasetId();

  String dataset();

  String version();

  UUID uploadId();

  /** The file's path in the version. */
  String path();

  @Override
  default String key() {
    return datasetId().toString();
  }

  @Override
  default String subject() {
    return "datasets/" + dataset() + "/versions/" + version();
  }

  /**
   * A part of a file is stored; said once for each (upload, part, ETag).
   *
   * @param partNumber from 1 to 10,000
   * @param size bytes of the part
   * @param etag as the object store gave it, without quotes
   */
  record ChunkUploaded(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      UUID uploadId,
      String path,
      int partNumber,
      long size,
      String etag,
      Instant occurredAt)
      implements UploadEvent {
    public ChunkUploaded {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("uploadId", uploadId);
      Fields.required("path", path);
      Fields.required("etag", etag);
      Fields.notNegative("size", size);
    }
  }

  /**
   * A whole file lies in the object store and was read back: size and SHA-256 are proved.
   *
   * @param size bytes
   * @param sha256 64 lower-case hex digits
   * @param crc32c 8 lower-case hex digits over the bytes, where known
   * @param objectKey key in the project's bucket
   * @param uploadedBy the caller who uploaded it
   */
  record UploadCompleted(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      UUID uploadId,
      String path,
      long size,
      String sha256,
      @Nullable String crc32c,
      String mediaType,
      String objectKey,
      String uploadedBy,
      Instant occurredAt)
      implements UploadEvent {
    public UploadCompleted {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("uploadId", uploadId);
      Fields.required("path", path);
      Fields.required("sha256", sha256);
      Fields.required("mediaType", mediaType);
      Fields.required("objectKey", objectKey);
      Fields.notNegative("size", size);
    }
  }

  /** An upload was given up by a person or by its age; its bytes are gone. */
  record UploadAborted(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      UUID uploadId,
      String path,
      String reason,
      Instant occurredAt)
      implements UploadEvent {
    public UploadAborted {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("uploadId", uploadId);
    }
  }

  /** A file does not belong into its dataset and was left out; the version is not harmed. */
  record FileIgnored(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      UUID uploadId,
      String path,
      String mediaType,
      String reason,
      Instant occurredAt)
      implements UploadEvent {
    public FileIgnored {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("uploadId", uploadId);
      Fields.required("path", path);
      Fields.required("reason", reason);
    }
  }
}
