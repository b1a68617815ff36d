package dev.sluice.local.store;

import java.time.Clock;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.BlobStoreLocator;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;

/** Finds what an identity may see: all of it for the store's own, its scope for others. */
final class ScopedStores implements BlobStoreLocator {
  private final BlobStore store;
  private final String accessKey;
  private final String secretKey;
  private final Clock clock;

  ScopedStores(BlobStore store, String accessKey, String secretKey, Clock clock) {
    this.store = store;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.clock = clock;
  }

  @Override
  public @Nullable AccessGrant locateBlobStore(
      @Nullable String identity, @Nullable String container, @Nullable String blob) {
    if (identity == null) {
      return null;
    }
    if (identity.equals(accessKey)) {
      return new AccessGrant(secretKey, store);
    }
    return Scope.ofAccessKey(identity)
        .filter(scope -> clock.instant().isBefore(scope.until()))
        .map(scope -> new AccessGrant(scope.secretKey(secretKey), new ScopedStore(store, scope)))
        .orElse(null);
  }
}
