package dev.sluice.catalog.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a path on the way to a version.
 *
 * @param steps the newest first; versions that left the path as it was are not among them
 */
@Schema(name = "FileHistory")
record HistoryView(String path, List<Step> steps) {

  /**
   * A version that did something to the path.
   *
   * @param change added, changed or removed
   * @param size of the file in that version; absent when it removed the file
   */
  @Schema(name = "FileHistoryStep")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Step(
      String version,
      String change,
      @Nullable Long size,
      @Nullable String sha256,
      @Nullable String mediaType) {}
}
