package dev.sluice.upload.reconcile;

import java.util.ArrayList;
import java.util.List;

/**
 * What a comparison of store, ledger and catalog has shown.
 *
 * @param dryRun whether nothing was changed
 * @param multipartUploads in the store that no open upload has
 * @param stagedObjects of uploads that are over or unknown
 * @param objects below {@code dataset/} that neither ledger nor catalog knows
 * @param factsSaidAgain completed files that the catalog's open draft did not have
 */
public record Findings(
    String project,
    boolean dryRun,
    Found multipartUploads,
    Found stagedObjects,
    Found objects,
    Found factsSaidAgain) {
  private static final int NAMED = 100;

  /**
   * Things of one kind.
   *
   * @param seen how many there are at all
   * @param orphans how many of them have no owner, and are older than the grace period
   * @param names of the first orphans
   */
  public record Found(long seen, long orphans, List<String> names) {
    public Found {
      names = List.copyOf(names);
    }

    static final Found NONE = new Found(0, 0, List.of());

    static Found of(long seen, List<String> orphans) {
      return new Found(seen, orphans.size(), orphans.stream().limit(NAMED).toList());
    }

    Found and(Found more) {
      List<String> both = new ArrayList<>(names);
      more.names.stream().limit(Math.max(0, NAMED - both.size())).forEach(both::add);
      return new Found(seen + more.seen, orphans + more.orphans, both);
    }
  }
}
