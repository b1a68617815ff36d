package dev.sluice.processing.run;

import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.DataSetManifest.Image;
import dev.sluice.processing.manifest.ManifestProblem.ClusterNotAvailable;
import dev.sluice.processing.manifest.ManifestProblem.ImageNotAvailable;
import dev.sluice.processing.ray.ClusterChoice;
import dev.sluice.processing.ray.RayConfig;
import java.util.List;

/** What this installation's clusters can do for a manifest; see ADR 14. */
final class ClusterRules {
  private final RayConfig ray;

  ClusterRules(RayConfig ray) {
    this.ray = ray;
  }

  /**
   * Refuses what no cluster here can give.
   *
   * @throws dev.sluice.support.problem.ProblemException naming the field and the reason
   */
  void check(DataSetManifest manifest) {
    if (makesClusters()) {
      return;
    }
    if (manifest.cluster() != null) {
      throw ClusterNotAvailable.of(manifest).exception();
    }
    Image image = manifest.image();
    if (image != null && ray.enforceImage() && !isTheClusters(image)) {
      throw ImageNotAvailable.of(image.name(), ray.image().orElse(null)).exception();
    }
  }

  /** What is recorded and not enforced. */
  List<String> notes(DataSetManifest manifest) {
    Image image = manifest.image();
    if (image == null || makesClusters() || isTheClusters(image)) {
      return List.of();
    }
    return List.of(
        "image "
            + image.name()
            + " is recorded, not enforced: this Ray cluster has no container engine for jobs and"
            + " runs every program in its own environment"
            + ray.image().map(own -> " (" + own + ")").orElse(""));
  }

  private boolean makesClusters() {
    return ray.clusters() == ClusterChoice.KUBERAY;
  }

  private boolean isTheClusters(Image image) {
    return ray.image().filter(image.name()::equals).isPresent();
  }
}
