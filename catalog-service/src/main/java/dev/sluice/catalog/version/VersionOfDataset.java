package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.Dataset;

/** A version together with the dataset it belongs to. */
public record VersionOfDataset(Dataset dataset, Version version) {
  VersionOfDataset with(Version changed) {
    return new VersionOfDataset(dataset, changed);
  }

  String number() {
    return version.number().toString();
  }
}
