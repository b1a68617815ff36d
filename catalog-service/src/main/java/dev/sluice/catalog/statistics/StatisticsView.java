package dev.sluice.catalog.statistics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.manifest.Summary;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A version in figures.
 *
 * @param rows of the files whose rows are known; null when none are
 * @param filesWithRows files whose rows are known
 * @param mediaTypes by name
 */
@Schema(name = "Statistics")
@JsonInclude(JsonInclude.Include.ALWAYS)
record StatisticsView(
    String version,
    long files,
    long bytes,
    @Nullable Long rows,
    long filesWithRows,
    List<MediaType> mediaTypes,
    Duplicates duplicates) {

  static StatisticsView of(String version, Summary summary, Duplicates duplicates) {
    return new StatisticsView(
        version,
        summary.files(),
        summary.bytes(),
        summary.counted() == 0 ? null : summary.rows(),
        summary.counted(),
        summary.mediaTypes().entrySet().stream()
            .map(e -> new MediaType(e.getKey(), e.getValue().files(), e.getValue().bytes()))
            .toList(),
        duplicates);
  }

  /** Files of one type. */
  @Schema(name = "MediaTypeStatistics")
  record MediaType(String mediaType, long files, long bytes) {}

  /**
   * Files whose bytes another file of the version has too.
   *
   * @param files that could be spared: all but one of each content
   * @param share of all files, 0 to 1
   * @param exact whether every file was looked at, or a sample
   */
  @Schema(name = "DuplicateStatistics")
  record Duplicates(long files, double share, boolean exact) {}
}
