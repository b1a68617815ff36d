package dev.sluice.upload.session;

import dev.sluice.support.async.Contexts;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.support.storage.StoreRefused;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.PartStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ties an upload to the store: its bucket, its object, its multipart upload. */
@ApplicationScoped
public class MultipartService {
  private final PartStore parts;
  private final ObjectStore objects;
  private final UploadLedgerService ledger;
  private final Set<String> knownBuckets = ConcurrentHashMap.newKeySet();

  MultipartService(PartStore parts, ObjectStore objects, UploadLedgerService ledger) {
    this.parts = parts;
    this.objects = objects;
    this.ledger = ledger;
  }

  /** Where the upload's object is or will be. */
  public ObjectAddress addressOf(Upload upload) {
    return new ObjectAddress(objects.bucketOf(upload.target().project()), upload.key());
  }

  /** Where the bytes that clients PUT land. */
  public ObjectAddress landingOf(Upload upload) {
    return new ObjectAddress(objects.bucketOf(upload.target().project()), upload.landing());
  }

  /** Makes sure that the project's bucket is there. */
  public Uni<Void> ensureBucket(String project) {
    String bucket = objects.bucketOf(project);
    return knownBuckets.contains(bucket)
        ? Uni.createFrom().voidItem()
        : Contexts.comingBack(objects.ensureBucket(bucket))
            .onFailure(MultipartService::isThere)
            .recoverWithNull()
            .invoke(() -> knownBuckets.add(bucket));
  }

  /** Of two that make a bucket at once, one is told that it is there. */
  private static boolean isThere(Throwable failure) {
    return failure instanceof StoreRefused refused
        && refused.code().equals("BucketAlreadyOwnedByYou");
  }

  /**
   * The store's id of the upload's multipart upload, begun now if it was not yet. Of two that begin
   * it at once, the one that the ledger did not keep is thrown away again.
   *
   * @param checksummed whether its parts will come with checksums
   */
  public Uni<String> begun(ProjectScope scope, Upload upload, boolean checksummed) {
    return upload
        .storeUploadId()
        .map(id -> Uni.createFrom().item(id))
        .orElseGet(
            () ->
                parts.begin(addressOf(upload), checksummed).flatMap(id -> keep(scope, upload, id)));
  }

  private Uni<String> keep(ProjectScope scope, Upload upload, String fresh) {
    return ledger
        .keepStoreId(scope, upload.id(), fresh)
        .call(
            kept ->
                kept.equals(fresh)
                    ? Uni.createFrom().voidItem()
                    : parts.abort(addressOf(upload), fresh));
  }
}
