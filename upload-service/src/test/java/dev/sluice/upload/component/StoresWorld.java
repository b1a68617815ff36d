package dev.sluice.upload.component;

import dev.sluice.local.part.PartContext;
import dev.sluice.local.part.Readiness;
import dev.sluice.local.part.S3Part;
import dev.sluice.local.state.StateFolder;
import dev.sluice.testing.S3Resource;
import dev.sluice.testing.TestServers;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two real stores: Sluice's own, whose requests are overheard, and another one that takes
 * credentials {@code elsewhere} of project {@code stores} alone.
 */
public final class StoresWorld implements QuarkusTestResourceLifecycleManager {
  static final String CREDENTIALS = "elsewhere";
  static final String PROJECT = "stores";

  private static volatile @Nullable Overheard own;
  private static volatile @Nullable S3Part other;
  private static volatile String prefix = "";

  private @Nullable Path folder;

  @Override
  public Map<String, String> start() {
    try {
      Map<String, String> settings = new HashMap<>(new S3Resource().start());
      Overheard heard = Overheard.before(URI.create(settings.get("sluice.s3.endpoint")));
      own = heard;
      prefix = settings.get("sluice.s3.bucket-prefix");
      settings.put("sluice.s3.endpoint", heard.address());
      settings.put("sluice.s3.public-endpoint", heard.address());
      folder = Files.createTempDirectory("sluice-other-store");
      S3Part elsewhere = new S3Part(PartContext.leashed(new StateFolder(folder)));
      Readiness.startAndAwait(elsewhere);
      other = elsewhere;
      String of = "sluice.import.credentials." + CREDENTIALS + ".";
      settings.put(of + "hosts", URI.create(elsewhere.address()).getAuthority());
      settings.put(of + "projects", PROJECT);
      settings.put(of + "access-key", elsewhere.accessKey());
      settings.put(of + "secret-key", elsewhere.secretKey());
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After the store of other tests, whose settings these take the place of. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    if (own != null) {
      own.close();
    }
    if (other != null) {
      other.stop();
    }
    if (folder != null) {
      new StateFolder(folder).wipe(List.of());
    }
  }

  /** Sluice's own store. */
  static Overheard own() {
    return java.util.Objects.requireNonNull(own);
  }

  static String bucketOf(String project) {
    return prefix + project;
  }

  /** Where an import finds objects of the other store. */
  static String elsewhere(String bucket, String key) {
    return "s3://%s/%s?endpoint=%s".formatted(bucket, key, theOther().address());
  }

  /** Where an import finds objects of the project in Sluice's own store. */
  static String here(String project, String key) {
    return "s3://%s/%s?endpoint=%s".formatted(bucketOf(project), key, own().address());
  }

  static void putElsewhere(String bucket, String key, byte[] bytes) throws MinioException {
    put(client(theOther()), bucket, key, bytes);
  }

  /** Without passing where it is overheard. */
  static void putHere(String project, String key, byte[] bytes) throws MinioException {
    put(client(TestServers.s3()), bucketOf(project), key, bytes);
  }

  private static S3Part theOther() {
    return java.util.Objects.requireNonNull(other);
  }

  private static MinioClient client(S3Part s3) {
    return MinioClient.builder()
        .endpoint(s3.address())
        .region(S3Part.REGION)
        .credentials(s3.accessKey(), s3.secretKey())
        .build();
  }

  private static void put(MinioClient store, String bucket, String key, byte[] bytes)
      throws MinioException {
    if (!store.bucketExists(io.minio.BucketExistsArgs.builder().bucket(bucket).build())) {
      store.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    }
    store.putObject(
        PutObjectArgs.builder().bucket(bucket).object(key).stream(
                new ByteArrayInputStream(bytes), (long) bytes.length, -1L)
            .build());
  }
}
