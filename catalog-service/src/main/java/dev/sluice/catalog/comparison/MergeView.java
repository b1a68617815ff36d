package dev.sluice.catalog.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.catalog.comparison.MergeWalk.Resolution;
import dev.sluice.catalog.comparison.RestoreWalk.Wanted;
import dev.sluice.catalog.file.FilePath;
import dev.sluice.manifest.PathKey;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Merges and restores on the wire. */
final class MergeView {
  private static final int MOST_PATHS = 1_000;

  private MergeView() {}

  /**
   * What to merge.
   *
   * @param from another version of the dataset
   * @param resolution ours or theirs, for paths that both changed; absent: they are refused
   */
  @Schema(name = "MergeRequest")
  record MergeRequest(@Nullable String from, @Nullable String resolution) {
    String checkedFrom() {
      if (from == null) {
        throw InvalidRequest.of("from", "null", "another version of the dataset").exception();
      }
      return from;
    }

    Resolution checkedResolution() {
      if (resolution == null) {
        return Resolution.NONE;
      }
      return switch (resolution) {
        case "ours" -> Resolution.OURS;
        case "theirs" -> Resolution.THEIRS;
        default -> throw InvalidRequest.of("resolution", resolution, "ours or theirs").exception();
      };
    }
  }

  /**
   * What a merge did.
   *
   * @param base the version that both began with; null when each began with nothing
   * @param taken paths that are as in the other version now
   * @param resolved paths that both changed
   */
  @Schema(name = "Merged")
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Merged(@Nullable String base, long taken, long resolved, long files, long bytes) {}

  /**
   * What to restore.
   *
   * @param from v1, or dataset@v1
   * @param paths single files, at most 1,000
   * @param prefix or all whose path begins so, "" for everything
   */
  @Schema(name = "RestoreRequest")
  record RestoreRequest(
      @Nullable String from, @Nullable List<String> paths, @Nullable String prefix) {
    Wanted checkedWanted() {
      boolean none = paths == null || paths.isEmpty();
      if (none == (prefix == null)) {
        throw InvalidRequest.of("paths", String.valueOf(paths), "paths or a prefix, not both")
            .exception();
      }
      if (paths == null || prefix != null) {
        return new Wanted(List.of(), PathKey.of(String.valueOf(prefix)));
      }
      if (paths.size() > MOST_PATHS) {
        throw InvalidRequest.of("paths", paths.size() + " paths", "at most " + MOST_PATHS)
            .exception();
      }
      List<PathKey> keys =
          paths.stream().map(p -> PathKey.of(FilePath.of(p).value())).distinct().sorted().toList();
      return new Wanted(keys, null);
    }
  }

  /**
   * What a restore did.
   *
   * @param changed paths that are as they were in the other version, and were not before
   */
  @Schema(name = "Restored")
  record Restored(long changed, long files, long bytes) {}
}
