package dev.sluice.client;

import java.util.List;

/**
 * What a comparison of store, ledger and catalog has shown of a project.
 *
 * @param dryRun whether nothing was changed
 * @param multipartUploads in the store that no open upload has
 * @param stagedObjects of uploads that are over or unknown
 * @param objects that neither ledger nor catalog knows
 * @param factsSaidAgain completed files that the catalog did not have
 */
public record Reconciliation(
    String project,
    boolean dryRun,
    Found multipartUploads,
    Found stagedObjects,
    Found objects,
    Found factsSaidAgain) {

  /**
   * Things of one kind.
   *
   * @param orphans those without an owner
   * @param names of the first orphans
   */
  public record Found(long seen, long orphans, List<String> names) {

    public Found {
      names = List.copyOf(names);
    }
  }
}
