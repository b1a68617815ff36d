package dev.sluice.processing.delivery;

import dev.sluice.processing.delivery.DeliveryFault.Kind;
import dev.sluice.support.storage.StoredObject;
import io.minio.CopyObjectArgs;
import io.minio.Directive;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.SourceObject;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A prefix of a bucket. An object is seen when it is whole; the SHA-256 that was proved on the way
 * is kept with it, so that another try need not read it.
 */
final class S3Place implements Place {
  private static final String SHA256 = "sluice-sha256";
  private static final long LARGEST_COPY = 5L << 30;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int NO_ROOM = 507;
  private static final Set<String> FULL = Set.of("XMinioStorageFull", "QuotaExceeded");

  private final MinioClient client;
  private final Where where;
  private final AtomicBoolean copies;

  S3Place(MinioClient client, Where where) {
    this.client = client;
    this.where = where;
    this.copies = new AtomicBoolean(where.origin() != null);
  }

  @Override
  public boolean has(Item item) throws IOException {
    try {
      StatObjectResponse found =
          client.statObject(
              StatObjectArgs.builder().bucket(where.bucket()).object(key(item)).build());
      return found.size() == item.size()
          && item.sha256().equals(found.userMetadata().getFirst(SHA256));
    } catch (ErrorResponseException e) {
      if (e.response().code() == NOT_FOUND && !code(e).equals("NoSuchBucket")) {
        return false;
      }
      throw fault(e);
    } catch (MinioException e) {
      throw fault(e);
    }
  }

  @Override
  public void put(Item item, Content content) throws IOException {
    if (!copied(item, content)) {
      sent(item, content);
    }
  }

  /** Within one store the bytes are read to be proved, and need not be sent. */
  private boolean copied(Item item, Content content) throws IOException {
    Origin origin = where.origin();
    String from = item.objectKey();
    if (origin == null || from == null || item.size() > LARGEST_COPY || !copies.get()) {
      return false;
    }
    StoredObject object = origin.stat(from);
    try (InputStream in = content.open()) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    SourceObject source =
        SourceObject.builder()
            .bucket(origin.bucket())
            .object(from)
            .matchETag(object.etag())
            .build();
    try {
      client.copyObject(
          CopyObjectArgs.builder()
              .bucket(where.bucket())
              .object(key(item))
              .source(new SourceObject(source, item.size(), object.etag()))
              .metadataDirective(Directive.REPLACE)
              .userMetadata(Map.of(SHA256, item.sha256()))
              .build());
      return true;
    } catch (ErrorResponseException e) {
      // These credentials may write there and not read here: then the bytes are sent.
      copies.set(false);
      return false;
    } catch (MinioException e) {
      throw fault(e);
    }
  }

  private void sent(Item item, Content content) throws IOException {
    try (InputStream in = new BufferedInputStream(content.open(), 128 << 10)) {
      client.putObject(
          PutObjectArgs.builder()
              .bucket(where.bucket())
              .object(key(item))
              .contentType(item.mediaType())
              .userMetadata(Map.of(SHA256, item.sha256()))
              .stream(in, item.size(), item.size() > where.partSize() ? where.partSize() : -1L)
              .build());
    } catch (MinioException e) {
      throw fault(e);
    }
  }

  private String key(Item item) {
    return where.prefix() + item.path();
  }

  private static String code(ErrorResponseException e) {
    return e.errorResponse() == null ? "" : String.valueOf(e.errorResponse().code());
  }

  private static IOException fault(MinioException failure) {
    for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof DeliveryFault || t instanceof StoreAway) {
        return (IOException) t;
      }
    }
    if (failure instanceof ErrorResponseException e) {
      int status = e.response().code();
      boolean full = status == NO_ROOM || FULL.contains(code(e));
      boolean away = status >= SERVER_ERROR || status == TOO_MANY || status == 408;
      return new DeliveryFault(
          full ? Kind.FULL : away ? Kind.AWAY : Kind.REFUSED,
          "the store answers %d %s".formatted(status, code(e)),
          e);
    }
    return DeliveryFault.of(new IOException(String.valueOf(failure.getMessage()), failure));
  }

  @Override
  public int parallel() {
    return where.parallel();
  }

  /**
   * The place.
   *
   * @param prefix empty, or ends with a slash
   * @param origin Sluice's own bucket, when it is in the same store
   */
  record Where(
      String bucket, String prefix, long partSize, int parallel, @Nullable Origin origin) {}

  /** The project's own bucket. */
  interface Origin {
    String bucket();

    StoredObject stat(String key) throws IOException;
  }
}
