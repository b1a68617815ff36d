package dev.sluice.catalog.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.catalog.dataset.Dataset;
import dev.sluice.catalog.version.Version;
import dev.sluice.catalog.version.VersionNumber;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a run puts its output.
 *
 * @param keyPrefix beginning of all keys the run may write, ending with a slash
 * @param inheritedFrom the version whose files the draft began with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReservedOutput(
    UUID datasetId,
    String dataset,
    String dataType,
    String version,
    String keyPrefix,
    @Nullable String inheritedFrom) {
  static ReservedOutput of(Dataset dataset, Version draft) {
    VersionNumber parent = draft.inheritedFrom();
    return new ReservedOutput(
        dataset.id().value(),
        dataset.name(),
        dataset.dataType().text(),
        draft.number().toString(),
        "dataset/" + dataset.name() + "/" + draft.number() + "/",
        parent == null ? null : parent.toString());
  }
}
