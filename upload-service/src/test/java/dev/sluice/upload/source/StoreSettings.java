package dev.sluice.upload.source;

import dev.sluice.support.storage.StorageConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Sluice's own store, for tests without Quarkus. */
record StoreSettings(URI endpoint, String accessKey, String secretKey, String bucketPrefix)
    implements StorageConfig {

  /** A store that nothing listens at. */
  static StoreSettings none() {
    return new StoreSettings(URI.create("http://own-store.test:1"), "key", "secret", "sluice-");
  }

  @Override
  public Optional<URI> publicEndpoint() {
    return Optional.empty();
  }

  @Override
  public Optional<Signing> signing() {
    return Optional.empty();
  }

  @Override
  public Optional<List<String>> corsOrigins() {
    return Optional.empty();
  }

  @Override
  public String region() {
    return "us-east-1";
  }
}
