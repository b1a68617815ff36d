package dev.sluice.processing.run;

import dev.sluice.events.VersionRef;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.DataSetManifest.Image;
import dev.sluice.processing.manifest.ManifestProblem;
import dev.sluice.processing.manifest.ManifestRules;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.processing.operator.OperatorService;
import dev.sluice.processing.ray.ClusterChoice;
import dev.sluice.processing.ray.RayConfig;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.storage.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Turns a checked manifest into a run, or says what is in the way. */
@ApplicationScoped
class RunAcceptance {
  private final RunConfig config;
  private final RayConfig ray;
  private final ObjectStore store;
  private final OperatorService operators;
  private final RunMetrics metrics;

  RunAcceptance(
      RunConfig config,
      RayConfig ray,
      ObjectStore store,
      OperatorService operators,
      RunMetrics metrics) {
    this.config = config;
    this.ray = ray;
    this.store = store;
    this.operators = operators;
    this.metrics = metrics;
  }

  Run accept(RunId id, ProjectScope scope, DataSetManifest manifest) {
    operators.check(manifest.operators());
    InCatalog input = ManifestRules.check(manifest, store.bucketOf(manifest.project()));
    clusters(manifest);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Run run =
        new Run(
            id,
            scope.project(),
            manifest,
            scope.caller(),
            notes(manifest),
            now,
            now.plus(config.deadline()),
            new RunState.Requested(1),
            new VersionRef(input.dataset(), input.version()),
            null,
            null,
            null,
            null);
    metrics.accepted(run);
    return run;
  }

  private void clusters(DataSetManifest manifest) {
    if (ray.clusters() == ClusterChoice.KUBERAY) {
      return;
    }
    if (manifest.cluster() != null) {
      throw ManifestProblem.ClusterNotAvailable.of(manifest).exception();
    }
    Image image = manifest.image();
    if (image != null && ray.enforceImage() && !isTheClusters(image)) {
      throw ManifestProblem.ImageNotAvailable.of(image.name(), ray.image().orElse(null))
          .exception();
    }
  }

  private boolean isTheClusters(Image image) {
    return ray.image().filter(image.name()::equals).isPresent();
  }

  private List<String> notes(DataSetManifest manifest) {
    Image image = manifest.image();
    boolean enforced = ray.clusters() == ClusterChoice.KUBERAY;
    if (image == null || enforced || isTheClusters(image)) {
      return List.of();
    }
    return List.of(
        "image "
            + image.name()
            + " is recorded, not enforced: this Ray cluster has no container engine for jobs and"
            + " runs every program in its own environment"
            + ray.image().map(own -> " (" + own + ")").orElse(""));
  }
}
