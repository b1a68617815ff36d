package dev.sluice.upload.ledger;

import org.jspecify.annotations.Nullable;

/** Which uploads of a project are wanted; empty texts want all. */
public record UploadFilter(String dataset, String version, String state) {
  /** From query parameters, which may be absent. */
  public static UploadFilter of(
      @Nullable String dataset, @Nullable String version, @Nullable String state) {
    return new UploadFilter(
        dataset == null ? "" : dataset, version == null ? "" : version, state == null ? "" : state);
  }
}
