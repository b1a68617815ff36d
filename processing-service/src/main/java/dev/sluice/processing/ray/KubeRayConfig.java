package dev.sluice.processing.ray;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Kubernetes, where KubeRay makes clusters for single runs. */
@ConfigMapping(prefix = "sluice.kuberay")
public interface KubeRayConfig {
  /** Address of the Kubernetes API. */
  @WithDefault("https://kubernetes.default.svc")
  URI api();

  /** File with the token for it; read anew for each call, because Kubernetes replaces it. */
  @WithDefault("/var/run/secrets/kubernetes.io/serviceaccount/token")
  Path tokenFile();

  /** File with the certificate authority of the API. */
  @WithDefault("/var/run/secrets/kubernetes.io/serviceaccount/ca.crt")
  Path caFile();

  /** Namespace in which clusters are made. */
  @WithDefault("default")
  String namespace();

  /** Image of clusters whose manifest names none; needed for these. */
  Optional<String> image();

  /** Version of Ray that KubeRay is told where the manifest names none. */
  @WithDefault("2.60.0")
  String rayVersion();

  /** How long the record of an ended job stays in Kubernetes; its cluster goes at once. */
  @WithDefault("1h")
  Duration keepEnded();

  /** How long one call may take. */
  @WithDefault("15s")
  Duration timeout();
}
