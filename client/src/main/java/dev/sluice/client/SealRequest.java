package dev.sluice.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How many files (and, where known, which digest) the caller put in.
 *
 * @param reason for those who read the audit
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SealRequest(long expectedFiles, @Nullable String digest, @Nullable String reason) {
  /** What is expected, without a reason. */
  public SealRequest(long expectedFiles, @Nullable String digest) {
    this(expectedFiles, digest, null);
  }
}
