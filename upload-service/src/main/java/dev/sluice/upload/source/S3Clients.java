package dev.sluice.upload.source;

import dev.sluice.support.storage.StorageConfig;
import dev.sluice.upload.source.SourceConfig.CredentialsConfig;
import io.minio.MinioClient;
import io.minio.credentials.StaticProvider;
import okhttp3.OkHttpClient;

/** S3 clients over the HTTP clients given; none follows a redirect. */
final class S3Clients {
  private S3Clients() {}

  /** For buckets that everybody may read. */
  static MinioClient anonymous(OkHttpClient http, S3Place place) {
    return at(http, place).build();
  }

  /** With credentials of a request. */
  static MinioClient with(OkHttpClient http, S3Place place, CredentialsConfig keys)
      throws SourceException.Refused {
    if (keys.accessKey().isEmpty() || keys.secretKey().isEmpty()) {
      throw new SourceException.Refused(
          "these credentials have no access key and secret key, as S3 needs");
    }
    return at(http, place)
        .credentialsProvider(
            new StaticProvider(
                keys.accessKey().orElseThrow(),
                keys.secretKey().orElseThrow(),
                keys.sessionToken().orElse(null)))
        .build();
  }

  /** With Sluice's own key, at its own store. */
  static MinioClient ofSluice(OkHttpClient http, StorageConfig storage) {
    return MinioClient.builder()
        .httpClient(http)
        .endpoint(storage.endpoint().toString())
        .region(storage.region())
        .credentials(storage.accessKey(), storage.secretKey())
        .build();
  }

  private static MinioClient.Builder at(OkHttpClient http, S3Place place) {
    return MinioClient.builder().httpClient(http).endpoint(place.endpoint()).region(place.region());
  }
}
