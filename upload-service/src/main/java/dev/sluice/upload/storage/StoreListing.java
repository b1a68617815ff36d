package dev.sluice.upload.storage;

import dev.sluice.support.async.Contexts;
import dev.sluice.upload.file.ObjectKey;
import io.minio.ListObjectsArgs;
import io.minio.Result;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What lies in a bucket, whoever put it there.
 *
 * <p>Permissions needed: {@code s3:ListBucket}, {@code s3:ListBucketMultipartUploads}. MinIO lists
 * multipart uploads of an exact key only.
 */
@ApplicationScoped
public class StoreListing {
  private static final int PAGE = 1_000;

  private final ListingClient client;

  StoreListing(PartStore parts) {
    this.client = new ListingClient(parts.client());
  }

  /** At most 1,000 objects whose keys begin with {@code prefix} and come after {@code after}. */
  public Uni<List<Listed>> objects(String bucket, String prefix, String after) {
    return Contexts.blocking(() -> objectsNow(bucket, prefix, after))
        .onFailure(StoreFailures::isGone)
        .recoverWithItem(List.of());
  }

  private List<Listed> objectsNow(String bucket, String prefix, String after) {
    ListObjectsArgs.Builder wanted =
        ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).maxKeys(PAGE);
    if (!after.isEmpty()) {
      wanted.startAfter(after);
    }
    List<Listed> page = new ArrayList<>();
    for (Result<Item> each : client.listObjects(wanted.build())) {
      page.add(listed(each));
      if (page.size() == PAGE) {
        break;
      }
    }
    return page;
  }

  private static Listed listed(Result<Item> result) {
    try {
      Item item = result.get();
      return new Listed(
          new ObjectKey(item.objectName()), item.size(), item.lastModified().toInstant());
    } catch (MinioException e) {
      Throwable failure = StoreFailures.translated(e);
      throw failure instanceof RuntimeException known
          ? known
          : new UncheckedIOException(new IOException(e));
    }
  }

  /** Multipart uploads that were begun for keys with this beginning and are not ended. */
  public Uni<List<Unended>> multiparts(String bucket, String prefix) {
    return Contexts.calling(() -> page(bucket, prefix, "", "", new ArrayList<>()))
        .onFailure()
        .transform(StoreFailures::translated)
        .onFailure(StoreFailures::isGone)
        .recoverWithItem(List.of());
  }

  private CompletableFuture<List<Unended>> page(
      String bucket, String prefix, String afterKey, String afterId, List<Unended> before) {
    return client
        .unended(bucket, prefix, afterKey, afterId)
        .thenCompose(page -> next(bucket, prefix, page, before));
  }

  private CompletableFuture<List<Unended>> next(
      String bucket, String prefix, UnendedPage page, List<Unended> before) {
    before.addAll(page.uploads());
    return page.truncated()
        ? page(bucket, prefix, page.nextKeyMarker(), page.nextUploadIdMarker(), before)
        : CompletableFuture.completedFuture(before);
  }

  /**
   * An object.
   *
   * @param size bytes
   */
  public record Listed(ObjectKey key, long size, Instant modifiedAt) {}

  /** A multipart upload that takes parts. */
  public record Unended(ObjectKey key, String storeUploadId, Instant begunAt) {}
}
