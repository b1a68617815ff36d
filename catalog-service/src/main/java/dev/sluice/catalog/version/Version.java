package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.file.Content;
import dev.sluice.catalog.file.FileSet;
import dev.sluice.catalog.file.FileSetService.Added;
import dev.sluice.catalog.version.VersionProblem.VersionIsPurged;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Purged;
import dev.sluice.events.DatasetEvent.ProducedBy;
import dev.sluice.manifest.Digest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a dataset.
 *
 * @param files number of files so far
 * @param bytes sum of their sizes
 * @param root the tree of its files; of a draft, the one that its changes lie on
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
    Digest root,
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
        root,
        inheritedFrom,
        producedBy,
        createdBy,
        createdAt);
  }

  /** Its files, to be read or, while it is a draft, changed; 410 when they were given up. */
  public FileSet fileSet() {
    refusePurged();
    return new FileSet(id, root, state instanceof Draft);
  }

  void refusePurged() {
    if (state instanceof Purged s) {
      throw new VersionIsPurged(number.toString(), s.by(), s.at(), s.reason()).exception();
    }
  }

  Version changedBy(Added added) {
    return having(root, files + added.files(), bytes + added.bytes());
  }

  Version with(Content content) {
    return having(content.root(), content.files(), content.bytes());
  }

  private Version having(Digest newRoot, long newFiles, long newBytes) {
    return new Version(
        id,
        datasetId,
        project,
        number,
        state,
        newFiles,
        newBytes,
        newRoot,
        inheritedFrom,
        producedBy,
        createdBy,
        createdAt);
  }
}
