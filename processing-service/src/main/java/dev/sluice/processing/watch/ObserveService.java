package dev.sluice.processing.watch;

import dev.sluice.processing.joblog.JobLogService;
import dev.sluice.processing.output.OutputService;
import dev.sluice.processing.ray.JobReport;
import dev.sluice.processing.ray.JobRunner;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
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
  private static final int TAIL = 4096;

  private final JobRunner jobs;
  private final JobLogService logs;
  private final OutputService outputs;
  private final RunProgressService progress;
  private final AgainService again;

  ObserveService(
      JobRunner jobs,
      JobLogService logs,
      OutputService outputs,
      RunProgressService progress,
      AgainService again) {
    this.jobs = jobs;
    this.logs = logs;
    this.outputs = outputs;
    this.progress = progress;
    this.again = again;
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
          state instanceof Submitted
              ? progress.running(claim)
              : logs.keepNowAndThen(claim, run, state.attempt());
      case SUCCEEDED -> progress.committing(claim);
      case FAILED -> failed(claim, run, state, sight.report.get());
      case STOPPED ->
          progress.failed(
              claim, Failure.of("job-stopped", "the job was stopped at Ray, not through Sluice"));
    };
  }

  /** A restarted head has forgotten the job; its output may be complete all the same. */
  private Uni<Void> lost(Claim claim, Run run, AtRay state, Sight sight) {
    return isWritten(run, state, sight.bucket)
        .flatMap(
            written ->
                written
                    ? progress.committing(claim)
                    : again.orFail(claim, run, state, lostFor(state, sight.report)));
  }

  private Uni<Boolean> isWritten(Run run, AtRay state, String bucket) {
    return run.details().dryRun()
        ? Uni.createFrom().item(false)
        : outputs.isWritten(Expectations.of(run, state.attempt(), bucket));
  }

  private static Failure lostFor(AtRay state, Optional<JobReport> report) {
    String why = report.map(r -> ": " + LogText.sentence(r.message())).orElse("");
    return Failure.of(
        "ray-lost-job", "Ray lost the job in each of " + state.attempt() + " attempts" + why);
  }

  private Uni<Void> failed(Claim claim, Run run, AtRay state, JobReport report) {
    return logs.lastText(state.submission().submissionId(), TAIL)
        .map(log -> LogText.failure(reasonOf(report), report.message(), log))
        .flatMap(
            failure ->
                report.isTemporaryFailure() || report.isKilled()
                    ? again.orFail(claim, run, state, failure)
                    : progress.failed(claim, failure));
  }

  private static String reasonOf(JobReport report) {
    return report.isKilled() ? "program-killed" : "entrypoint-failed";
  }

  /** What was seen, and where the output would be. */
  private record Sight(Optional<JobReport> report, String bucket) {}
}
