package dev.sluice.upload.intake;

import dev.sluice.upload.media.DataType;
import java.util.UUID;

/** A version that files may go into, as far as uploads need to know it. */
public record Draft(
    UUID datasetId,
    String project,
    String dataset,
    String version,
    DataType dataType,
    DraftState state) {}
