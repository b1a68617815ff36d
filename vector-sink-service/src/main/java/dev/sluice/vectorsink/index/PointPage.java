package dev.sluice.vectorsink.index;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some of the points that a filter means.
 *
 * @param next where the next page starts; null after the last one
 */
public record PointPage(Map<UUID, Amendment> points, @Nullable UUID next) {
  public PointPage {
    points = Map.copyOf(points);
  }
}
