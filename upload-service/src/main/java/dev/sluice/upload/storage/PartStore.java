package dev.sluice.upload.storage;

import dev.sluice.support.async.Contexts;
import dev.sluice.support.storage.ObjectStore;
import dev.sluice.support.storage.StorageConfig;
import dev.sluice.support.storage.StoreHttp;
import dev.sluice.upload.file.ObjectKey;
import dev.sluice.upload.file.StoredPart;
import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.DeleteObjectsArgs;
import io.minio.DeleteObjectsResponse;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.Http;
import io.minio.ListPartsArgs;
import io.minio.ListPartsResponse;
import io.minio.MinioAsyncClient;
import io.minio.messages.DeleteRequest;
import io.minio.messages.ListPartsResult;
import io.minio.messages.Part;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Multipart uploads of any S3, the memory of parts.
 *
 * <p>Permissions needed: {@code s3:PutObject}, {@code s3:GetObject}, {@code s3:DeleteObject},
 * {@code s3:AbortMultipartUpload}, {@code s3:ListMultipartUploadParts}. Keys written: {@code
 * dataset/<dataset>/<version>/…}. A store that is away fails with an {@link IOException} inside.
 */
@ApplicationScoped
public class PartStore {
  private static final Logger LOG = Logger.getLogger(PartStore.class);
  private static final int PAGE = 1_000;

  private final MinioAsyncClient client;
  private final ObjectStore objects;

  PartStore(StorageConfig config, ObjectStore objects) {
    this.objects = objects;
    this.client =
        MinioAsyncClient.builder()
            .httpClient(StoreHttp.client(config).build())
            .endpoint(config.endpoint().toString())
            .region(config.region())
            .credentials(config.accessKey(), config.secretKey())
            .build();
  }

  /** Building a client reads the system's certificates, which must not happen on an event loop. */
  void onStart(@Observes StartupEvent start) {
    LOG.debugf("objects lie in buckets such as %s", objects.bucketOf("demo"));
  }

  /** The connection, for what else is asked of the store. */
  MinioAsyncClient client() {
    return client;
  }

  /**
   * Begins a multipart upload; answers the store's upload id.
   *
   * @param checksummed whether parts will come with their CRC-32C, which the store then proves
   */
  public Uni<String> begin(ObjectAddress address, boolean checksummed) {
    return call(() -> client.createMultipartUpload(createArgs(address, checksummed)))
        .map(answer -> answer.result().uploadId());
  }

  /**
   * The parts that the store has, in order; empty when the upload is merged, aborted or unknown.
   */
  public Uni<Optional<List<StoredPart>>> parts(ObjectAddress address, String storeUploadId) {
    return call(() -> page(address, storeUploadId, 0, new ArrayList<>()))
        .map(Optional::of)
        .onFailure(StoreFailures::isGone)
        .recoverWithItem(Optional::empty);
  }

  /** Merges the parts into the object; false when the upload is merged or aborted already. */
  public Uni<Boolean> merge(ObjectAddress address, String storeUploadId, List<StoredPart> parts) {
    return call(() -> client.completeMultipartUpload(completeArgs(address, storeUploadId, parts)))
        .replaceWith(true)
        .onFailure(StoreFailures::isGone)
        .recoverWithItem(false);
  }

  /** Throws the parts away; not an error when they are gone. */
  public Uni<Void> abort(ObjectAddress address, String storeUploadId) {
    return call(() -> client.abortMultipartUpload(abortArgs(address, storeUploadId)))
        .replaceWithVoid()
        .onFailure(StoreFailures::isGone)
        .recoverWithUni(() -> Uni.createFrom().voidItem());
  }

  /** The object itself, as if it were its only part; empty when there is none. */
  public Uni<Optional<StoredPart>> whole(ObjectAddress address) {
    return Contexts.comingBack(objects.stat(address.bucket(), address.key().value()))
        .map(found -> found.map(object -> new StoredPart(1, object.size(), object.etag())));
  }

  /** Removes objects of a bucket, at most 1,000; not an error when there are none. */
  public Uni<Void> delete(String bucket, List<ObjectKey> keys) {
    if (keys.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    DeleteObjectsArgs args =
        DeleteObjectsArgs.builder()
            .bucket(bucket)
            .quiet(true)
            .objects(keys.stream().map(k -> new DeleteRequest.Object(k.value())).toList())
            .build();
    return call(() -> client.deleteObjects(args))
        .invoke(PartStore::demandAllGone)
        .replaceWithVoid()
        .onFailure(StoreFailures::isGone)
        .recoverWithUni(() -> Uni.createFrom().voidItem());
  }

  private static void demandAllGone(DeleteObjectsResponse answer) {
    answer.result().errors().stream()
        .filter(error -> !"NoSuchKey".equals(error.code()))
        .findFirst()
        .ifPresent(
            error -> {
              throw new UncheckedIOException(
                  new IOException("object store: cannot delete: " + error.code()));
            });
  }

  /**
   * The object's bytes, for callers on a worker thread; close it.
   *
   * @return empty when there is no such object
   * @throws UncheckedIOException when the store does not answer
   */
  public Optional<StoredBytes> open(ObjectAddress address) {
    GetObjectArgs args =
        GetObjectArgs.builder().bucket(address.bucket()).object(address.key().value()).build();
    try {
      GetObjectResponse answer = client.getObject(args).join();
      String etag = answer.headers().get("ETag");
      return Optional.of(new StoredBytes(answer, etag == null ? "" : etag.replace("\"", "")));
    } catch (CompletionException e) {
      Throwable failure = StoreFailures.translated(e);
      if (StoreFailures.isGone(failure)) {
        return Optional.empty();
      }
      throw failure instanceof RuntimeException known ? known : e;
    }
  }

  private CompletableFuture<List<StoredPart>> page(
      ObjectAddress address, String storeUploadId, int after, List<StoredPart> before) {
    return client
        .listParts(listArgs(address, storeUploadId, after))
        .thenCompose(answer -> next(address, storeUploadId, answer, before));
  }

  private CompletableFuture<List<StoredPart>> next(
      ObjectAddress address,
      String storeUploadId,
      ListPartsResponse answer,
      List<StoredPart> before) {
    ListPartsResult result = answer.result();
    List<StoredPart> parts = new ArrayList<>(before);
    result.parts().forEach(p -> parts.add(stored(p)));
    int last = parts.isEmpty() ? 0 : parts.getLast().partNumber();
    return result.isTruncated() && parts.size() > before.size()
        ? page(address, storeUploadId, last, parts)
        : CompletableFuture.completedFuture(parts);
  }

  private static StoredPart stored(Part part) {
    return new StoredPart(
        part.partNumber(),
        part.partSize(),
        part.etag(),
        Optional.ofNullable(part.checksumCRC32C()).filter(crc -> !crc.isEmpty()));
  }

  private static CreateMultipartUploadArgs createArgs(ObjectAddress address, boolean checksummed) {
    CreateMultipartUploadArgs.Builder args =
        CreateMultipartUploadArgs.builder().bucket(address.bucket()).object(address.key().value());
    return checksummed
        ? args.headers(new Http.Headers(Map.of("x-amz-checksum-algorithm", "CRC32C"))).build()
        : args.build();
  }

  /** The client refuses a marker of 0, which means the first page. */
  private static ListPartsArgs listArgs(ObjectAddress address, String storeUploadId, int after) {
    ListPartsArgs.Builder args =
        ListPartsArgs.builder()
            .bucket(address.bucket())
            .object(address.key().value())
            .uploadId(storeUploadId)
            .maxParts(PAGE);
    return after == 0 ? args.build() : args.partNumberMarker(after).build();
  }

  private static CompleteMultipartUploadArgs completeArgs(
      ObjectAddress address, String storeUploadId, List<StoredPart> parts) {
    return CompleteMultipartUploadArgs.builder()
        .bucket(address.bucket())
        .object(address.key().value())
        .uploadId(storeUploadId)
        .parts(
            parts.stream()
                .sorted(Comparator.comparingInt(StoredPart::partNumber))
                .map(PartStore::part)
                .toArray(Part[]::new))
        .build();
  }

  /** A store that was told the checksum of a part wants it again at the end. */
  private static Part part(StoredPart p) {
    return p.crc32c()
        .map(crc -> new Part(p.partNumber(), p.etag(), null, crc, null, null, null))
        .orElseGet(() -> new Part(p.partNumber(), p.etag()));
  }

  private static AbortMultipartUploadArgs abortArgs(ObjectAddress address, String storeUploadId) {
    return AbortMultipartUploadArgs.builder()
        .bucket(address.bucket())
        .object(address.key().value())
        .uploadId(storeUploadId)
        .build();
  }

  private static <T> Uni<T> call(java.util.function.Supplier<CompletionStage<T>> call) {
    return Contexts.calling(call).onFailure().transform(StoreFailures::translated);
  }
}
