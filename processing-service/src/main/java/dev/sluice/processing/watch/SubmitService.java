package dev.sluice.processing.watch;

import dev.sluice.processing.ray.JobRunner;
import dev.sluice.processing.ray.JobSubmission;
import dev.sluice.processing.ray.RayRefused;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunState.Failure;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.processing.run.RunToken;
import dev.sluice.support.chaos.CrashPoint;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Hands an attempt to Ray; a crash in between is made good by handing it over again. */
@ApplicationScoped
class SubmitService {
  private final JobRunner jobs;
  private final RunProgressService progress;
  private final ProcessingConfig config;

  SubmitService(JobRunner jobs, RunProgressService progress, ProcessingConfig config) {
    this.jobs = jobs;
    this.progress = progress;
    this.config = config;
  }

  /** Submits the attempt under its own, fixed id. */
  Uni<Void> submit(Claim claim, Run run, Requested state) {
    return progress
        .prepared(claim, state)
        .flatMap(token -> jobs.submit(submission(run, state.attempt(), token)))
        .invoke(() -> CrashPoint.hit("run.submit.afterRay"))
        .flatMap(taken -> progress.submitted(claim))
        .onFailure(RayRefused.class)
        .recoverWithUni(e -> progress.failed(claim, refused(e)));
  }

  private JobSubmission submission(Run run, int attempt, RunToken token) {
    String spec =
        config
            .url()
            .resolve("/api/v1/runs/" + run.id() + "/attempts/" + attempt + "/spec")
            .toString();
    return new JobSubmission(
        run.id().submissionId(attempt),
        run.manifest().command(),
        Map.of("SLUICE_SPEC_URL", spec, "SLUICE_RUN_TOKEN", token.value()),
        Map.of(
            "sluice.run", run.id().toString(),
            "sluice.attempt", String.valueOf(attempt),
            "sluice.project", run.project(),
            "sluice.dataset", run.manifest().name(),
            "sluice.requestedBy", run.requestedBy()));
  }

  private static Failure refused(RayRefused refusal) {
    return Failure.of("ray-refused", "Ray does not take the job: " + refusal.getMessage());
  }
}
