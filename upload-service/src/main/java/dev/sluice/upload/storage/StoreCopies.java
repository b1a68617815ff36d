package dev.sluice.upload.storage;

import dev.sluice.support.async.Contexts;
import dev.sluice.upload.file.StoredPart;
import io.minio.ComposeObjectArgs;
import io.minio.CopyObjectArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.SourceObject;
import io.minio.UploadPartCopyArgs;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * Copies inside the store: no byte comes through the service. Each names the ETag that it means to
 * copy, so that nothing else is copied in its place.
 *
 * <p>Permissions needed: {@code s3:GetObject} of the source and {@code s3:PutObject} of the copy.
 */
@ApplicationScoped
public class StoreCopies {
  private final MinioAsyncClient client;

  StoreCopies(PartStore parts) {
    this.client = parts.client();
  }

  /**
   * Copies a whole object of at most 5 GiB, S3's own limit.
   *
   * @param size of the object, which the caller has seen
   * @param etag that it must still have
   * @return false when it has another one by now, or is gone
   */
  public Uni<Boolean> object(ObjectAddress from, long size, String etag, ObjectAddress to) {
    return Contexts.calling(() -> client.copyObject(copyArgs(from, size, etag, to)))
        .replaceWith(true)
        .onFailure()
        .transform(StoreFailures::translated)
        .onFailure(StoreFailures::isOther)
        .recoverWithItem(false);
  }

  /** Copies a range of an object into a part of a multipart upload. */
  public Uni<StoredPart> part(PartCopy copy) {
    return Contexts.calling(() -> client.uploadPartCopy(partArgs(copy)))
        .map(answer -> new StoredPart(copy.partNumber(), copy.length(), answer.result().etag()))
        .onFailure()
        .transform(StoreFailures::translated);
  }

  private static CopyObjectArgs copyArgs(
      ObjectAddress from, long size, String etag, ObjectAddress to) {
    SourceObject source =
        SourceObject.builder()
            .bucket(from.bucket())
            .object(from.key().value())
            .matchETag(etag)
            .build();
    return CopyObjectArgs.builder()
        .bucket(to.bucket())
        .object(to.key().value())
        .source(new SourceObject(source, size, etag))
        .build();
  }

  private static UploadPartCopyArgs partArgs(PartCopy copy) {
    String source =
        "/" + copy.from().bucket() + "/" + PartUrlSigner.encode(copy.from().key().value(), true);
    SourceObject from =
        SourceObject.builder()
            .bucket(copy.from().bucket())
            .object(copy.from().key().value())
            .build();
    ComposeObjectArgs to =
        ComposeObjectArgs.builder()
            .bucket(copy.to().bucket())
            .object(copy.to().key().value())
            .sources(List.of(from))
            .build();
    Http.Headers headers =
        new Http.Headers(
            Map.of(
                "x-amz-copy-source",
                source,
                "x-amz-copy-source-if-match",
                "\"" + copy.etag() + "\"",
                "x-amz-copy-source-range",
                "bytes=" + copy.offset() + "-" + (copy.offset() + copy.length() - 1)));
    return new UploadPartCopyArgs(to, copy.storeUploadId(), copy.partNumber(), headers);
  }

  /**
   * A range that becomes a part.
   *
   * @param etag that the source must have
   * @param length bytes, at least 1
   */
  public record PartCopy(
      ObjectAddress from,
      String etag,
      long offset,
      long length,
      ObjectAddress to,
      String storeUploadId,
      int partNumber) {}
}
