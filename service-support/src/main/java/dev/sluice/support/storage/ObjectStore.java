package dev.sluice.support.storage;

import dev.sluice.support.async.Contexts;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.SetBucketCorsArgs;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.CORSConfiguration;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.Item;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Reads and writes objects of a project's bucket through minio-java; every call runs on a worker
 * thread and answers on the caller's Vert.x context, so that it may stand inside a transaction.
 *
 * <p>Permissions needed: {@code s3:GetObject}, {@code s3:PutObject}, {@code s3:DeleteObject},
 * {@code s3:ListBucket}, and {@code s3:CreateBucket} where projects are created. Objects are
 * written once: callers choose keys that are new.
 */
@Startup
@ApplicationScoped
public class ObjectStore {
  private static final Logger LOG = Logger.getLogger(ObjectStore.class);
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;
  private static final int PAGE = 1_000;

  private final StorageConfig config;
  private final MinioClient store;
  private final MinioClient publicStore;

  ObjectStore(StorageConfig config) {
    this.config = config;
    this.store = client(config, config.endpoint().toString());
    this.publicStore = client(config, config.publicEndpoint().orElse(config.endpoint()).toString());
  }

  private static MinioClient client(StorageConfig config, String endpoint) {
    return MinioClient.builder()
        .httpClient(StoreHttp.client(config).build())
        .endpoint(endpoint)
        .region(config.region())
        .credentials(config.accessKey(), config.secretKey())
        .build();
  }

  /** The bucket of a project. */
  public String bucketOf(String project) {
    return config.bucketPrefix() + project;
  }

  /** Makes the bucket unless it is there. */
  public Uni<Void> ensureBucket(String bucket) {
    return onWorker(
            () -> {
              if (!store.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
                store.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
                config.corsOrigins().ifPresent(origins -> allow(bucket, origins));
              }
              return Done.DONE;
            })
        .replaceWithVoid();
  }

  /** A store that does not know rules of buckets is told nothing: it has settings of its own. */
  private void allow(String bucket, List<String> origins) {
    CORSConfiguration.CORSRule rule =
        new CORSConfiguration.CORSRule(
            List.of("*"), List.of("GET", "HEAD", "PUT"), origins, List.of("ETag"), "sluice", 3_600);
    try {
      store.setBucketCors(
          SetBucketCorsArgs.builder()
              .bucket(bucket)
              .config(new CORSConfiguration(List.of(rule)))
              .build());
    } catch (MinioException e) {
      LOG.warnf("bucket %s takes no rules for browsers: %s", bucket, e.getMessage());
    }
  }

  /** What the store says about an object; empty when there is none. */
  public Uni<Optional<StoredObject>> stat(String bucket, String key) {
    return onWorker(
        () -> {
          try {
            var answer =
                store.statObject(StatObjectArgs.builder().bucket(bucket).object(key).build());
            return Optional.of(new StoredObject(key, answer.size(), answer.etag()));
          } catch (ErrorResponseException e) {
            if (e.response().code() == NOT_FOUND) {
              return Optional.<StoredObject>empty();
            }
            throw e;
          }
        });
  }

  /** The whole object; for small objects such as manifests. */
  public Uni<byte[]> read(String bucket, String key) {
    return onWorker(
        () -> {
          try (InputStream in = open(bucket, key, 0)) {
            return in.readAllBytes();
          }
        });
  }

  /** Some bytes of an object; for formats that are read by ranges. */
  public Uni<byte[]> read(String bucket, String key, long offset, int length) {
    return onWorker(() -> readNow(bucket, key, offset, length));
  }

  /** As {@link #read(String, String, long, int)}, for callers on a worker thread. */
  public byte[] readNow(String bucket, String key, long offset, int length) throws IOException {
    try (InputStream in =
        store.getObject(
            GetObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .offset(offset)
                .length((long) length)
                .build())) {
      return in.readAllBytes();
    } catch (MinioException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** A stream from {@code offset} to the end, for callers on a worker thread; close it. */
  public InputStream open(String bucket, String key, long offset) throws IOException {
    GetObjectArgs.Builder wanted = GetObjectArgs.builder().bucket(bucket).object(key);
    if (offset > 0) {
      wanted.offset(offset);
    }
    try {
      return store.getObject(wanted.build());
    } catch (MinioException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Writes a small object. */
  public Uni<Void> put(String bucket, String key, byte[] bytes, String mediaType) {
    return onWorker(
            () -> {
              store.putObject(
                  PutObjectArgs.builder().bucket(bucket).object(key).contentType(mediaType).stream(
                          new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
                      .build());
              return Done.DONE;
            })
        .replaceWithVoid();
  }

  /** Removes an object; not an error when there is none. */
  public Uni<Void> delete(String bucket, String key) {
    return onWorker(
            () -> {
              store.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
              return Done.DONE;
            })
        .replaceWithVoid();
  }

  /**
   * Removes objects, at most 1,000, for callers on a worker thread; those not there are no error.
   */
  public void deleteNow(String bucket, List<String> keys) {
    if (keys.isEmpty()) {
      return;
    }
    RemoveObjectsArgs args =
        RemoveObjectsArgs.builder()
            .bucket(bucket)
            .objects(keys.stream().map(DeleteRequest.Object::new).toList())
            .build();
    answerOf(
        () -> {
          for (Result<DeleteResult.Error> refused : store.removeObjects(args)) {
            if (!"NoSuchKey".equals(refused.get().code())) {
              throw new IOException("object store: cannot delete: " + refused.get().code());
            }
          }
          return Done.DONE;
        });
  }

  /**
   * At most 1,000 keys that begin with {@code prefix} and come after {@code after}, sorted, for
   * callers on a worker thread; none when there is no such bucket.
   */
  public List<String> listNow(String bucket, String prefix, String after) {
    ListObjectsArgs.Builder wanted =
        ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).maxKeys(PAGE);
    if (!after.isEmpty()) {
      wanted.startAfter(after);
    }
    return answerOf(
        () -> {
          List<String> keys = new ArrayList<>();
          try {
            for (Result<Item> each : store.listObjects(wanted.build())) {
              keys.add(each.get().objectName());
              if (keys.size() == PAGE) {
                break;
              }
            }
          } catch (ErrorResponseException e) {
            if (e.response().code() != NOT_FOUND) {
              throw e;
            }
          }
          return keys;
        });
  }

  /** A URL that reads the object without further credentials, for clients. */
  public String presignGet(String bucket, String key, Duration validFor) {
    try {
      return publicStore.getPresignedObjectUrl(
          GetPresignedObjectUrlArgs.builder()
              .method(Http.Method.GET)
              .bucket(bucket)
              .object(key)
              .expiry((int) validFor.toSeconds(), TimeUnit.SECONDS)
              .build());
    } catch (MinioException e) {
      throw new IllegalStateException("cannot sign a URL", e);
    }
  }

  private static <T> Uni<T> onWorker(StoreCall<T> call) {
    return Contexts.blocking(() -> answerOf(call));
  }

  private static <T> T answerOf(StoreCall<T> call) {
    try {
      return call.run();
    } catch (ErrorResponseException e) {
      if (e.response().code() < SERVER_ERROR) {
        throw new StoreRefused(e);
      }
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    } catch (MinioException e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answer of a call that has none. */
  private enum Done {
    DONE
  }

  /** One call to the store. */
  @FunctionalInterface
  private interface StoreCall<T> {
    T run() throws MinioException, IOException;
  }
}
