package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.file.FileSetService.Change;
import dev.sluice.catalog.file.VersionDigest.Content;
import dev.sluice.events.DatasetEvent.ProducedBy;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a dataset.
 *
 * @param files number of files so far
 * @param bytes sum of their sizes
 * @param inheritedFrom the version whose files it started with
 */
public record Version(
    UUID id,
    DatasetId datasetId,
    String project,
    VersionNumber number,
    VersionState state,
    long files,
    long bytes,
    @Nullable VersionNumber inheritedFrom,
    ProducedBy producedBy,
    String createdBy,
    Instant createdAt) {

  /** Whether a run or an import reserved it, so that people cannot write into it. */
  public boolean reserved() {
    return producedBy.runId() != null;
  }

  /** Whether its files come by uploads, of people or of an import. */
  public boolean takesUploads() {
    return !reserved() || producedBy.kind().equals("import");
  }

  Version in(VersionState next) {
    return new Version(
        id,
        datasetId,
        project,
        number,
        next,
        files,
        bytes,
        inheritedFrom,
        producedBy,
        createdBy,
        createdAt);
  }

  Version changedBy(Change change) {
    return counting(files + change.files(), bytes + change.bytes());
  }

  Version counted(Content content) {
    return counting(content.files(), content.bytes());
  }

  private Version counting(long newFiles, long newBytes) {
    return new Version(
        id,
        datasetId,
        project,
        number,
        state,
        newFiles,
        newBytes,
        inheritedFrom,
        producedBy,
        createdBy,
        createdAt);
  }
}
