package dev.sluice.processing.spec;

import dev.sluice.support.storage.StorageConfig;
import io.minio.credentials.AssumeRoleProvider;
import io.minio.credentials.Credentials;
import io.minio.errors.MinioException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import okhttp3.OkHttpClient;

/** Keys by STS with a session policy where there is an STS; else the services' own. */
@ApplicationScoped
class StorageCredentials implements JobCredentials {
  private final JobStorageConfig job;
  private final StorageConfig storage;
  private final OkHttpClient http = new OkHttpClient();

  StorageCredentials(JobStorageConfig job, StorageConfig storage) {
    this.job = job;
    this.storage = storage;
  }

  @Override
  public Uni<Keys> keysFor(JobReach reach) {
    Keys own = new Keys(storage.accessKey(), storage.secretKey(), null, null);
    return job.stsEndpoint()
        .map(
            sts ->
                Uni.createFrom()
                    .item(() -> assumed(sts, StoragePolicy.of(reach)))
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
        .orElseGet(() -> Uni.createFrom().item(own));
  }

  private Keys assumed(URI sts, String policy) {
    try {
      Credentials keys =
          new AssumeRoleProvider(
                  sts.toString(),
                  storage.accessKey(),
                  storage.secretKey(),
                  Math.toIntExact(job.lifetime().toSeconds()),
                  policy,
                  storage.region(),
                  job.roleArn().orElse(null),
                  "sluice-job",
                  null,
                  http)
              .fetch();
      return new Keys(
          keys.accessKey(), keys.secretKey(), keys.sessionToken(), keys.expiration().toInstant());
    } catch (MinioException e) {
      throw new UncheckedIOException(new IOException("no credentials from STS: " + e, e));
    }
  }
}
