package dev.sluice.upload.source;

import dev.sluice.support.storage.StorageConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.Map;

/** Sluice's own store, for tests without Quarkus. */
final class StoreSettings {
  private StoreSettings() {}

  /** A store that nothing listens at. */
  static StorageConfig none() {
    return at(URI.create("http://own-store.test:1"), "key", "secret", "sluice-");
  }

  static StorageConfig at(URI endpoint, String accessKey, String secretKey, String prefix) {
    return new SmallRyeConfigBuilder()
        .withMapping(StorageConfig.class)
        .withDefaultValues(
            Map.of(
                "sluice.s3.endpoint", endpoint.toString(),
                "sluice.s3.access-key", accessKey,
                "sluice.s3.secret-key", secretKey,
                "sluice.s3.bucket-prefix", prefix))
        .build()
        .getConfigMapping(StorageConfig.class);
  }
}
