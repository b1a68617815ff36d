package dev.sluice.catalog.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sluice.events.VersionRef;
import dev.sluice.manifest.Content;
import dev.sluice.manifest.Difference;
import dev.sluice.manifest.Difference.Added;
import dev.sluice.manifest.Difference.Changed;
import dev.sluice.manifest.Difference.Removed;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A page of what differs from one version to another.
 *
 * @param items by path; a moved file stands under its new path
 * @param nextCursor give it back as {@code cursor} for the next page; null on the last one
 */
@Schema(name = "Diff")
@JsonInclude(JsonInclude.Include.ALWAYS)
record DiffView(
    VersionRef from,
    VersionRef to,
    Summary summary,
    List<Line> items,
    @Nullable String nextCursor) {

  /**
   * The whole difference in figures.
   *
   * @param bytesAdded of files that were added or changed, as they are now
   * @param bytesRemoved of files that were removed or changed, as they were
   * @param movesFound whether moves were looked for; where there are too many differences, a moved
   *     file is one added and one removed
   */
  @Schema(name = "DiffSummary")
  record Summary(
      long added,
      long removed,
      long changed,
      long moved,
      long bytesAdded,
      long bytesRemoved,
      boolean movesFound) {}

  /** What a path is or was. */
  @Schema(name = "DiffFile")
  record Side(long size, String sha256, String mediaType) {
    static Side of(Content content) {
      return new Side(content.size(), content.sha256().hex(), content.mediaType());
    }
  }

  /**
   * One path that differs.
   *
   * @param change added, removed, changed or moved
   * @param movedFrom where a moved file was
   * @param was in {@code from}; absent where it was not
   * @param is in {@code to}; absent where it is not
   */
  @Schema(name = "DiffLine")
  @JsonPropertyOrder({"path", "change", "movedFrom", "was", "is"})
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(
      String path,
      String change,
      @Nullable String movedFrom,
      @Nullable Side was,
      @Nullable Side is) {

    static Line of(Difference difference, @Nullable String movedFrom) {
      String path = difference.path().toString();
      return switch (difference) {
        case Added a when movedFrom != null -> {
          Side side = Side.of(Content.of(a.entry()));
          yield new Line(path, "moved", movedFrom, side, side);
        }
        case Added a -> new Line(path, "added", null, null, Side.of(Content.of(a.entry())));
        case Removed r -> new Line(path, "removed", null, Side.of(r.was()), null);
        case Changed c ->
            new Line(path, "changed", null, Side.of(c.was()), Side.of(Content.of(c.entry())));
      };
    }
  }
}
