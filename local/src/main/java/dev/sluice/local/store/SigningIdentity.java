package dev.sluice.local.store;

import java.time.Instant;
import java.util.List;

/**
 * An identity that can put objects into the buckets of a prefix, and nothing else: what it signs
 * cannot read, list, delete, or copy from anywhere.
 */
public record SigningIdentity(String accessKey, String secretKey) {
  private static final Instant NO_END = Instant.parse("2100-01-01T00:00:00Z");

  /**
   * The identity of a store.
   *
   * @param bucketPrefix what the names of the buckets begin with
   * @param storeSecret secret of the store's own identity
   */
  public static SigningIdentity of(String bucketPrefix, String storeSecret) {
    Scope scope = new Scope(NO_END, List.of(), List.of(bucketPrefix), List.of());
    return new SigningIdentity(scope.accessKey(), scope.secretKey(storeSecret));
  }
}
