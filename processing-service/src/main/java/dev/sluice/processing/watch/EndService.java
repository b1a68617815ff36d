package dev.sluice.processing.watch;

import dev.sluice.processing.importing.UploadAway;
import dev.sluice.processing.joblog.JobLogService;
import dev.sluice.processing.output.OutputInvalid;
import dev.sluice.processing.output.OutputService;
import dev.sluice.processing.output.VerifiedOutput;
import dev.sluice.processing.ray.JobReport;
import dev.sluice.processing.ray.JobRunner;
import dev.sluice.processing.ray.RayAway;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunConfig;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunService;
import dev.sluice.processing.run.RunState.Committing;
import dev.sluice.processing.run.RunState.Failure;
import dev.sluice.processing.run.RunState.RunOutput;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Ends runs: with a verified output, for a person, or at the deadline. */
@ApplicationScoped
class EndService {
  private static final int TAIL = 4096;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final JobRunner jobs;
  private final JobLogService logs;
  private final OutputService outputs;
  private final SourceService sources;
  private final RunService runs;
  private final RunProgressService progress;
  private final RunConfig config;

  EndService(
      JobRunner jobs,
      JobLogService logs,
      OutputService outputs,
      SourceService sources,
      RunService runs,
      RunProgressService progress,
      RunConfig config) {
    this.jobs = jobs;
    this.logs = logs;
    this.outputs = outputs;
    this.sources = sources;
    this.runs = runs;
    this.progress = progress;
    this.config = config;
  }

  /** Verifies the attempt's output and makes it the winner. */
  Uni<Void> commit(Claim claim, Run run, Committing state, String bucket) {
    return run.details().dryRun()
        ? shown(claim, run, state)
        : outputs
            .verify(Expectations.of(run, state.attempt(), bucket))
            .flatMap(output -> progress.succeeded(claim, outputOf(output), output.summary()))
            .onFailure(OutputInvalid.class)
            .recoverWithUni(e -> invalid(claim, state, String.valueOf(e.getMessage())));
  }

  private Uni<Void> shown(Claim claim, Run run, Committing state) {
    return runs.hasSampleAnyProject(run)
        .flatMap(
            sent ->
                sent
                    ? progress.shown(claim)
                    : invalid(claim, state, "the dry run ended well but sent no sample"));
  }

  private Uni<Void> invalid(Claim claim, Committing state, String why) {
    return logs.lastText(state.submission().submissionId(), TAIL)
        .flatMap(
            log -> progress.failed(claim, new Failure("output-invalid", why, LogText.tail(log))));
  }

  private static RunOutput outputOf(VerifiedOutput output) {
    return new RunOutput(
        output.manifestKey(),
        output.manifestSha256(),
        output.files(),
        output.bytes(),
        output.rows());
  }

  /**
   * Stops the job, and ends the run once Ray says that it no longer works. Ray cannot stop a job
   * that it has not started: such a run ends after a while all the same, its job's token is good
   * for nothing then, and stopping goes on.
   */
  Uni<Void> cancel(Claim claim, Run run, String by) {
    if (run.output() == null && !run.details().dryRun()) {
      // Ray cannot have it yet; the import of its source may be under way.
      return sources.stop(run).flatMap(stopped -> progress.cancelled(claim, by));
    }
    return atWork(run)
        .flatMap(
            working ->
                working && !isOverdue(run)
                    ? Uni.createFrom().voidItem()
                    : progress.cancelled(claim, by))
        .onFailure(RayAway.class)
        .recoverWithUni(
            away ->
                isOverdue(run) ? progress.cancelled(claim, by) : Uni.createFrom().failure(away));
  }

  private boolean isOverdue(Run run) {
    Instant asked = run.details().cancelRequestedAt();
    return asked == null || Instant.now().isAfter(asked.plus(config.cancelWithin()));
  }

  /** Stops the job; whether Ray still works on it. */
  Uni<Boolean> atWork(Run run) {
    String submissionId = run.id().submissionId(run.state().attempt());
    return jobs.stop(submissionId)
        .flatMap(stopping -> jobs.report(submissionId))
        .ifNoItem()
        .after(PATIENCE)
        .failWith(() -> new RayAway("Ray does not answer"))
        .map(EndService::isAtWork);
  }

  private static boolean isAtWork(Optional<JobReport> report) {
    return report
        .map(JobReport::status)
        .filter(s -> s == JobReport.Status.PENDING || s == JobReport.Status.RUNNING)
        .isPresent();
  }

  /** Fails a run whose time is over, even when Ray is away; its job is stopped afterwards. */
  Uni<Void> expire(Claim claim, Run run) {
    String waiting = run.waitingFor() == null ? "" : "; it waited for: " + run.waitingFor();
    Failure failure =
        Failure.of("deadline-exceeded", "not ended by its deadline " + run.deadlineAt() + waiting);
    return sources
        .stop(run)
        .onFailure(UploadAway.class)
        .recoverWithNull()
        .flatMap(stopped -> progress.failed(claim, failure));
  }
}
