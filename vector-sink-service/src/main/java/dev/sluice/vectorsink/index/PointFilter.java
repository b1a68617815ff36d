package dev.sluice.vectorsink.index;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which points are meant: those of a dataset; where given only those of a recipe; and of these only
 * those that a version holds.
 *
 * @param butNot points that one of these versions holds are left out
 */
public record PointFilter(
    UUID datasetId, @Nullable String recipe, @Nullable Integer version, VersionLine butNot) {
  private static final VersionLine NONE = new VersionLine(new java.util.TreeSet<>());

  /** All points of a dataset. */
  public static PointFilter dataset(UUID datasetId) {
    return new PointFilter(datasetId, null, null, NONE);
  }

  /** The points of a version. */
  public static PointFilter version(UUID datasetId, String recipe, int version) {
    return new PointFilter(datasetId, recipe, version, NONE);
  }

  /** The points that only {@code version} holds. */
  public static PointFilter onlyIn(UUID datasetId, String recipe, int version, VersionLine line) {
    return new PointFilter(datasetId, recipe, version, line.without(version));
  }
}
