package dev.sluice.vectorsink.indexing;

import dev.sluice.vectorsink.index.PointFilter;
import dev.sluice.vectorsink.index.PointIds;
import dev.sluice.vectorsink.index.VersionLine;
import dev.sluice.vectorsink.source.TextRow;
import dev.sluice.vectorsink.source.VersionSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The work on one version, with what it needs to know.
 *
 * @param line the versions that can be searched under the same recipe, and this one
 * @param erased contents whose texts must not be found any more
 */
record IndexingJob(
    Indexing indexing,
    String collection,
    VersionLine line,
    VersionSource source,
    Set<String> erased) {
  IndexingJob {
    erased = Set.copyOf(erased);
  }

  /** Those of the rows whose text may be found. */
  List<TextRow> allowed(List<TextRow> rows) {
    return rows.stream().filter(row -> !erased.contains(row.sourceSha256())).toList();
  }

  int version() {
    return indexing.version().number();
  }

  UUID pointOf(TextRow row) {
    return PointIds.of(
        indexing.datasetId(),
        row.recordKey(),
        row.chunkNo(),
        row.textDigest(),
        indexing.recipeDigest());
  }

  /** All points of the version. */
  PointFilter points() {
    return PointFilter.version(indexing.datasetId(), indexing.recipeDigest(), version());
  }
}
