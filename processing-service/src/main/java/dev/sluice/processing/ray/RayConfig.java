package dev.sluice.processing.ray;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The Ray cluster that runs jobs. */
@ConfigMapping(prefix = "sluice.ray")
public interface RayConfig {
  /** Address of the dashboard, without a path. */
  @WithDefault("http://127.0.0.1:18265")
  URI address();

  /** Token of a cluster with token authentication; absent for one without. */
  Optional<String> token();

  /** Image the cluster runs; manifests that name it get no note that theirs is not enforced. */
  Optional<String> image();

  /**
   * Which clusters there are: {@code shared}, or {@code kuberay} for that one and clusters that
   * KubeRay makes for single runs.
   */
  @WithDefault("shared")
  ClusterChoice clusters();

  /**
   * Whether a manifest that names another image is refused; else the image is recorded with a note,
   * because this cluster has no container engine for jobs.
   */
  @WithDefault("false")
  boolean enforceImage();

  /** How long one call may take. */
  @WithDefault("15s")
  Duration timeout();
}
