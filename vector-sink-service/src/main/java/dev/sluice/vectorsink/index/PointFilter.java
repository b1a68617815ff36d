package dev.sluice.vectorsink.index;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which points are meant: those of a dataset; where given only those of a recipe; and of these only
 * those that a version holds.
 *
 * @param butNot points that one of these versions holds are left out
 * @param sourceSha256 where given, only points whose text comes from that content
 */
public record PointFilter(
    UUID datasetId,
    @Nullable String recipe,
    @Nullable Integer version,
    VersionLine butNot,
    @Nullable String sourceSha256) {
  private static final VersionLine NONE = new VersionLine(new java.util.TreeSet<>());

  /** All points of a dataset. */
  public static PointFilter dataset(UUID datasetId) {
    return new PointFilter(datasetId, null, null, NONE, null);
  }

  /** The points of a dataset whose texts come from that content. */
  public static PointFilter source(UUID datasetId, String sha256) {
    return new PointFilter(datasetId, null, null, NONE, sha256);
  }

  /** The points of a version. */
  public static PointFilter version(UUID datasetId, String recipe, int version) {
    return new PointFilter(datasetId, recipe, version, NONE, null);
  }

  /** The points that only {@code version} holds. */
  public static PointFilter onlyIn(UUID datasetId, String recipe, int version, VersionLine line) {
    return new PointFilter(datasetId, recipe, version, line.without(version), null);
  }
}
