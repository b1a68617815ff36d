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
 * @param held whether its object was in the project before, so that no bytes are sent
 * @param reopened how often parts were wanted again
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
    boolean held,
    int reopened,
    String createdBy,
    Instant createdAt,
    UploadState state) {

  /** Whether it is known to carry the same bytes. */
  public boolean carries(FileContent other) {
    return content.isSameAs(other);
  }

  /** The same upload, with what else is known of its content. */
  public Upload knowing(FileContent other) {
    return new Upload(
        id,
        target,
        path,
        content.or(other),
        plan,
        key,
        storeUploadId,
        urlsGiven,
        held,
        reopened,
        createdBy,
        createdAt,
        state);
  }

  /** Whether it may carry the same bytes, as far as is known. */
  public boolean mayCarry(FileContent other) {
    return content.mayBe(other);
  }

  /**
   * Where a client's bytes land. A single PUT has no store's id that ends with it, so its address
   * could be used again later: it lands on a key of its own and is copied once it is proved.
   */
  public ObjectKey landing() {
    return plan.single() ? ObjectKey.staging(id.value()) : key;
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
        held,
        reopened,
        createdBy,
        createdAt,
        state);
  }
}
