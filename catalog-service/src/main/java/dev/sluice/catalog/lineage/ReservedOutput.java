package dev.sluice.catalog.lineage;

import dev.sluice.catalog.dataset.Dataset;
import dev.sluice.catalog.version.VersionNumber;
import java.util.UUID;

/**
 * Where a run puts its output.
 *
 * @param keyPrefix beginning of all keys the run may write, ending with a slash
 */
record ReservedOutput(UUID datasetId, String dataset, String version, String keyPrefix) {
  static ReservedOutput of(Dataset dataset, VersionNumber version) {
    return new ReservedOutput(
        dataset.id().value(),
        dataset.name(),
        version.toString(),
        "dataset/" + dataset.name() + "/" + version + "/");
  }
}
