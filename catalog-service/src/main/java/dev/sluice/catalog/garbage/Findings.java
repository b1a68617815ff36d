package dev.sluice.catalog.garbage;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a collection found; of a dry run, what it would have done.
 *
 * @param nodesReached nodes of manifests that versions reach
 * @param nodesDeleted nodes that none reaches
 * @param draftRowsDeleted changes of drafts that are sealed or dropped
 */
@Schema(name = "GarbageFindings")
record Findings(long nodesReached, Amount nodesDeleted, Objects objects, long draftRowsDeleted) {
  /**
   * What became of objects.
   *
   * @param doomed no file points at them; they go when a grace period is over
   * @param spared were doomed, but files point at them again
   * @param deleted their grace period is over
   */
  @Schema(name = "GarbageObjects")
  record Objects(Amount doomed, Amount spared, Amount deleted) {}
}
