package dev.sluice.client;

import org.jspecify.annotations.Nullable;

/** Names a version of a dataset; the version is null as long as it has no number. */
public record VersionRef(String dataset, @Nullable String version) {

  @Override
  public String toString() {
    return version == null ? dataset : dataset + "@" + version;
  }
}
