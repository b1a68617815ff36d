package dev.sluice.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what differs from one version to another.
 *
 * @param items by path; a moved file stands under its new path
 * @param nextCursor null on the last page
 */
public record Diff(
    VersionRef from,
    VersionRef to,
    Summary summary,
    List<Line> items,
    @Nullable String nextCursor) {

  public Diff {
    items = List.copyOf(items);
  }

  /**
   * The whole difference in figures.
   *
   * @param movesFound whether moves were looked for; in more than 100,000 differences nobody looks
   */
  public record Summary(
      long added,
      long removed,
      long changed,
      long moved,
      long bytesAdded,
      long bytesRemoved,
      boolean movesFound) {}

  /** What a file is in one of the versions. */
  public record Side(long size, String sha256, String mediaType) {}

  /**
   * One path that differs.
   *
   * @param change added, removed, changed or moved
   * @param movedFrom where a moved file was
   */
  public record Line(
      String path,
      String change,
      @Nullable String movedFrom,
      @Nullable Side was,
      @Nullable Side is) {}
}
