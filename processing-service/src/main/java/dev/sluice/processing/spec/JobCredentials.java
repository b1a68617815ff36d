package dev.sluice.processing.spec;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Gives an attempt its keys to the object store. */
interface JobCredentials {
  /** Keys that open what the job reaches and nothing else, where the store knows such keys. */
  Uni<Keys> keysFor(JobReach reach);

  /**
   * Keys to the store.
   *
   * @param expiresAt null when they do not expire
   */
  record Keys(
      String accessKey,
      String secretKey,
      @Nullable String sessionToken,
      @Nullable Instant expiresAt) {
    @Override
    public String toString() {
      return "Keys[…]";
    }
  }
}
