package dev.sluice.processing.ray;

/** Which clusters there are: {@code sluice.ray.clusters}. */
public enum ClusterChoice {
  /** The one cluster at {@code sluice.ray.address}. */
  SHARED,
  /** That one, and for some runs one of their own, made by KubeRay on Kubernetes. */
  KUBERAY
}
