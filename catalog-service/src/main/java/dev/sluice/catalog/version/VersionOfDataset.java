package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.Dataset;

/** A version together with the dataset it belongs to. */
public record VersionOfDataset(Dataset dataset, Version version) {
  VersionOfDataset with(Version changed) {
    return new VersionOfDataset(dataset, changed);
  }

  /** The version's number, such as {@code v3}. */
  public String number() {
    return version.number().toString();
  }
}
