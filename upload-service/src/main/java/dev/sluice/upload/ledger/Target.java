package dev.sluice.upload.ledger;

import dev.sluice.upload.intake.Draft;
import dev.sluice.upload.media.DataType;
import java.util.UUID;

/** The draft that a file goes into. */
public record Target(
    String project, UUID datasetId, String dataset, String version, DataType dataType) {
  /** The draft's own coordinates. */
  public static Target of(Draft draft) {
    return new Target(
        draft.project(), draft.datasetId(), draft.dataset(), draft.version(), draft.dataType());
  }
}
