package dev.sluice.processing.ray;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.util.Optional;

/**
 * Sends each job to the cluster it needs: the shared one, or one of its own where such can be made.
 * Which one has a job is asked, not kept: nothing to lose in a restart.
 */
@ApplicationScoped
@Typed(JobRunner.class)
class ClusterService implements JobRunner {
  private final RayConfig config;
  private final RayClient shared;
  private final KubeRayClient own;

  ClusterService(RayConfig config, RayClient shared, KubeRayClient own) {
    this.config = config;
    this.shared = shared;
    this.own = own;
  }

  private boolean makesClusters() {
    return config.clusters() == ClusterChoice.KUBERAY;
  }

  @Override
  public Uni<Void> submit(JobSubmission job) {
    boolean apart = makesClusters() && job.demand().needsOwnCluster(config.image().orElse(null));
    return Uni.createFrom().deferred(() -> (apart ? own : shared).submit(job));
  }

  @Override
  public Uni<Optional<JobReport>> report(String submissionId) {
    return makesClusters()
        ? own.report(submissionId)
            .flatMap(
                found ->
                    found.isPresent() ? Uni.createFrom().item(found) : shared.report(submissionId))
        : shared.report(submissionId);
  }

  @Override
  public Uni<Boolean> stop(String submissionId) {
    return makesClusters()
        ? own.stop(submissionId)
            .flatMap(stopped -> stopped ? Uni.createFrom().item(true) : shared.stop(submissionId))
        : shared.stop(submissionId);
  }

  @Override
  public Multi<byte[]> log(String submissionId) {
    return makesClusters()
        ? own.log(submissionId)
            .select()
            .where(piece -> piece.length > 0)
            .onCompletion()
            .ifEmpty()
            .switchTo(() -> shared.log(submissionId))
        : shared.log(submissionId);
  }
}
