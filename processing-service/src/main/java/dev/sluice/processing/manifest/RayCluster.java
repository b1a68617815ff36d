package dev.sluice.processing.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cluster for one run alone: {@code spec.rayClusterConfig}.
 *
 * @param rayVersion null takes the configured one
 */
public record RayCluster(@Nullable String rayVersion, Resources head, List<Group> workers) {
  /** What a head gets when the manifest does not say. */
  static final Resources HEAD = new Resources("1", "2Gi", 0);

  /** What a worker gets when the manifest does not say. */
  static final Resources WORKER = new Resources("1", "2Gi", 0);

  /** A head that runs everything. */
  public static RayCluster ofOneNode() {
    return new RayCluster(null, HEAD, List.of());
  }

  public RayCluster {
    workers = List.copyOf(workers);
  }

  /**
   * What one pod gets.
   *
   * @param cpu a Kubernetes quantity, for example {@code 2} or {@code 500m}
   * @param memory a Kubernetes quantity, for example {@code 4Gi}
   * @param gpu whole GPUs
   */
  public record Resources(String cpu, String memory, int gpu) {}

  /** Workers of one kind. */
  public record Group(
      String name, int replicas, int minReplicas, int maxReplicas, Resources resources) {}
}
