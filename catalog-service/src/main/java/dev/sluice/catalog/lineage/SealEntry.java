package dev.sluice.catalog.lineage;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.version.Version;
import dev.sluice.catalog.version.VersionOfDataset;

/** What the audit says of a version that a run or an import sealed: whoever asked for it did. */
final class SealEntry {
  private SealEntry() {}

  static AuditEntry of(VersionOfDataset sealed) {
    Version version = sealed.version();
    return AuditEntry.of(
            AuditAction.VERSION_SEALED, sealed.dataset().id().value(), sealed.dataset().name())
        .version(sealed.number())
        .by(version.createdBy())
        .with("producedBy", version.producedBy().kind())
        .with("runId", version.producedBy().runId());
  }
}
