package dev.sluice.processing.run;

import dev.sluice.events.VersionRef;
import dev.sluice.processing.delivery.DeliveryService;
import dev.sluice.processing.manifest.DataSetManifest;
import dev.sluice.processing.manifest.Execution;
import dev.sluice.processing.manifest.ManifestRules;
import dev.sluice.processing.operator.OperatorService;
import dev.sluice.processing.ray.RayConfig;
import dev.sluice.support.identity.ProjectScope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns a checked manifest into a run, or says what is in the way. */
@ApplicationScoped
class RunAcceptance {
  private final RunConfig config;
  private final ClusterRules clusters;
  private final DeliveryService deliveries;
  private final OperatorService operators;
  private final RunMetrics metrics;

  RunAcceptance(
      RunConfig config,
      RayConfig ray,
      DeliveryService deliveries,
      OperatorService operators,
      RunMetrics metrics) {
    this.config = config;
    this.clusters = new ClusterRules(ray);
    this.deliveries = deliveries;
    this.operators = operators;
    this.metrics = metrics;
  }

  Run accept(RunId id, ProjectScope scope, DataSetManifest manifest, @Nullable Integer dryRunRows) {
    operators.check(manifest);
    ManifestRules.check(manifest);
    clusters.check(manifest);
    deliveries.check(manifest);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Execution execution = manifest.execution();
    Run run =
        new Run(
            id,
            scope.project(),
            manifest,
            scope.caller(),
            clusters.notes(manifest),
            now,
            now.plus(Objects.requireNonNullElse(execution.deadline(), config.deadline())),
            new RunState.Requested(1),
            new VersionRef(manifest.inputDataset(), manifest.inputVersion()),
            null,
            null,
            null,
            null,
            RunDetails.fresh(execution.priority(), dryRunRows));
    metrics.accepted(run);
    return run;
  }
}
