package dev.sluice.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version in figures.
 *
 * @param rows of the files whose rows are known; null when none are
 */
public record Statistics(
    String version,
    long files,
    long bytes,
    @Nullable Long rows,
    long filesWithRows,
    List<MediaType> mediaTypes,
    Duplicates duplicates) {

  public Statistics {
    mediaTypes = List.copyOf(mediaTypes);
  }

  /** Files of one type. */
  public record MediaType(String mediaType, long files, long bytes) {
    @Override
    public String toString() {
      return mediaType + " (" + files + ")";
    }
  }

  /**
   * Files whose bytes another file of the version has too.
   *
   * @param files that could be spared
   * @param share of all files, 0 to 1
   * @param exact whether every file was looked at, or a sample
   */
  public record Duplicates(long files, double share, boolean exact) {
    @Override
    public String toString() {
      return (exact ? "" : "about ") + files;
    }
  }
}
