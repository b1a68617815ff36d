package dev.sluice.processing.run;

import dev.sluice.events.VersionRef;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.ManifestRules;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.processing.operator.OperatorService;
import dev.sluice.processing.ray.RayConfig;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.storage.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Turns a checked manifest into a run, or says what is in the way. */
@ApplicationScoped
class RunAcceptance {
  private final RunConfig config;
  private final ClusterRules clusters;
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
    this.clusters = new ClusterRules(ray);
    this.store = store;
    this.operators = operators;
    this.metrics = metrics;
  }

  Run accept(RunId id, ProjectScope scope, DataSetManifest manifest) {
    operators.check(manifest.operators());
    InCatalog input = ManifestRules.check(manifest, store.bucketOf(manifest.project()));
    clusters.check(manifest);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Run run =
        new Run(
            id,
            scope.project(),
            manifest,
            scope.caller(),
            clusters.notes(manifest),
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
}
