package dev.sluice.upload.ledger;

import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.FilePath;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.file.PartPlan;
import java.time.Instant;
import java.util.Optional;

/**
 * One file on its way into a draft.
 *
 * @param storeUploadId the store's id of the multipart upload; empty for single-part files and
 *     until the first address is asked for
 * @param urlsGiven whether any address was given out, so that parts may be in the store
 */
public record Upload(
    UploadId id,
    Target target,
    FilePath path,
    FileContent content,
    PartPlan plan,
    ObjectKey key,
    Optional<String> storeUploadId,
    boolean urlsGiven,
    String createdBy,
    Instant createdAt,
    UploadState state) {

  /** Whether it carries the same bytes. */
  public boolean carries(FileContent other) {
    return content.equals(other);
  }

  /** The same upload in its next state. */
  public Upload in(UploadState next) {
    return new Upload(
        id, target, path, content, plan, key, storeUploadId, urlsGiven, createdBy, createdAt, next);
  }

  /** The same upload under another key. */
  public Upload at(ObjectKey other) {
    return new Upload(
        id,
        target,
        path,
        content,
        plan,
        other,
        storeUploadId,
        urlsGiven,
        createdBy,
        createdAt,
        state);
  }
}
