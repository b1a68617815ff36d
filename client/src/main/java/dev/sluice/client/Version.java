package dev.sluice.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a dataset.
 *
 * @param digest {@code sha256:<hex>} over all files, known from the seal on
 * @param files number of files
 * @param bytes their bytes in all
 */
public record Version(
    @Nullable String dataset,
    @Nullable String datasetId,
    @Nullable String project,
    String version,
    VersionState state,
    @Nullable String digest,
    long files,
    long bytes,
    @Nullable String inheritedFrom,
    @Nullable ProducedBy producedBy,
    List<VersionRef> inputs,
    @Nullable String createdBy,
    @Nullable Instant createdAt,
    @Nullable Instant sealedAt,
    List<VersionIndex> indexes) {

  public Version {
    inputs = Lists.orEmpty(inputs);
    indexes = Lists.orEmpty(indexes);
  }

  /** Whether files may still be added. */
  public boolean open() {
    return state == VersionState.DRAFT;
  }
}
