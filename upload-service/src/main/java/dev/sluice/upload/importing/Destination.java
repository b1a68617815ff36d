package dev.sluice.upload.importing;

import dev.sluice.upload.ledger.Target;
import dev.sluice.upload.media.DataType;
import java.util.Optional;
import java.util.UUID;

/**
 * The draft that the catalog reserved for an import.
 *
 * @param baseVersion the version whose files the draft began with
 */
record Destination(
    UUID datasetId, DataType dataType, String version, Optional<String> baseVersion) {
  Target target(ImportOrder order) {
    return new Target(order.project(), datasetId, order.dataset(), version, dataType);
  }
}
