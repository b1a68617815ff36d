package dev.sluice.processing.watch;

import dev.sluice.processing.output.OutputService;
import dev.sluice.processing.ray.JobReport;
import dev.sluice.processing.ray.JobRunner;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunConfig;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunState.AtRay;
import dev.sluice.processing.run.RunState.Failure;
import dev.sluice.processing.run.RunState.Submitted;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Looks at an attempt that Ray has. */
@ApplicationScoped
class ObserveService {
  private final JobRunner jobs;
  private final OutputService outputs;
  private final RunProgressService progress;
  private final RunConfig config;

  ObserveService(
      JobRunner jobs, OutputService outputs, RunProgressService progress, RunConfig config) {
    this.jobs = jobs;
    this.outputs = outputs;
    this.progress = progress;
    this.config = config;
  }

  /** Takes over what Ray says. */
  Uni<Void> observe(Claim claim, Run run, AtRay state, String bucket) {
    return jobs.report(state.submission().submissionId())
        .flatMap(report -> follow(claim, run, state, new Sight(report, bucket)));
  }

  private Uni<Void> follow(Claim claim, Run run, AtRay state, Sight sight) {
    if (sight.report.isEmpty() || sight.report.get().isClusterFault()) {
      return lost(claim, run, state, sight);
    }
    return switch (sight.report.get().status()) {
      case PENDING -> Uni.createFrom().voidItem();
      case RUNNING ->
          state instanceof Submitted ? progress.running(claim) : Uni.createFrom().voidItem();
      case SUCCEEDED -> progress.committing(claim);
      case FAILED -> failed(claim, state, sight.report.get());
      case STOPPED ->
          progress.failed(
              claim, Failure.of("job-stopped", "the job was stopped at Ray, not through Sluice"));
    };
  }

  /** A restarted head has forgotten the job; its output may be complete all the same. */
  private Uni<Void> lost(Claim claim, Run run, AtRay state, Sight sight) {
    return outputs
        .isWritten(Expectations.of(run, state.attempt(), sight.bucket))
        .flatMap(
            written -> {
              if (written) {
                return progress.committing(claim);
              }
              return state.attempt() < config.maxAttempts()
                  ? progress.lost(claim)
                  : progress.failed(claim, lostFor(state, sight.report));
            });
  }

  private static Failure lostFor(AtRay state, Optional<JobReport> report) {
    String why = report.map(r -> ": " + LogText.sentence(r.message())).orElse("");
    return Failure.of(
        "ray-lost-job", "Ray lost the job in each of " + state.attempt() + " attempts" + why);
  }

  private Uni<Void> failed(Claim claim, AtRay state, JobReport report) {
    return jobs.log(state.submission().submissionId())
        .flatMap(log -> progress.failed(claim, LogText.failure(report.message(), log)));
  }

  /** What was seen, and where the output would be. */
  private record Sight(Optional<JobReport> report, String bucket) {}
}
