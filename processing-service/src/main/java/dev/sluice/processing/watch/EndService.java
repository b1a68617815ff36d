package dev.sluice.processing.watch;

import dev.sluice.processing.importing.UploadAway;
import dev.sluice.processing.output.OutputInvalid;
import dev.sluice.processing.output.OutputService;
import dev.sluice.processing.output.VerifiedOutput;
import dev.sluice.processing.ray.JobReport;
import dev.sluice.processing.ray.JobRunner;
import dev.sluice.processing.ray.RayAway;
import dev.sluice.processing.reservation.CatalogClient;
import dev.sluice.processing.reservation.CatalogRefused;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunState.Committing;
import dev.sluice.processing.run.RunState.Failure;
import dev.sluice.processing.run.RunState.RunOutput;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Ends runs: with a verified output, for a person, or at the deadline. */
@ApplicationScoped
class EndService {
  private final JobRunner jobs;
  private final OutputService outputs;
  private final CatalogClient catalog;
  private final SourceService sources;
  private final RunProgressService progress;

  EndService(
      JobRunner jobs,
      OutputService outputs,
      CatalogClient catalog,
      SourceService sources,
      RunProgressService progress) {
    this.jobs = jobs;
    this.outputs = outputs;
    this.catalog = catalog;
    this.sources = sources;
    this.progress = progress;
  }

  /** Verifies the attempt's output and makes it the winner. */
  Uni<Void> commit(Claim claim, Run run, Committing state, String bucket) {
    return outputs
        .verify(Expectations.of(run, state.attempt(), bucket))
        .flatMap(output -> progress.succeeded(claim, outputOf(output)))
        .onFailure(OutputInvalid.class)
        .recoverWithUni(e -> invalid(claim, state, String.valueOf(e.getMessage())));
  }

  private Uni<Void> invalid(Claim claim, Committing state, String why) {
    return jobs.log(state.submission().submissionId())
        .onFailure(RayAway.class)
        .recoverWithItem("")
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

  /** Stops the job, and ends the run once Ray says that it no longer works. */
  Uni<Void> cancel(Claim claim, Run run, String by) {
    if (run.output() == null) {
      // Ray cannot have it yet; the import of its source may be under way.
      return sources.stop(run).flatMap(stopped -> progress.cancelled(claim, by));
    }
    String submissionId = run.id().submissionId(run.state().attempt());
    return jobs.stop(submissionId)
        .flatMap(stopping -> jobs.report(submissionId))
        .flatMap(
            report ->
                isAtWork(report) ? Uni.createFrom().voidItem() : progress.cancelled(claim, by));
  }

  private static boolean isAtWork(Optional<JobReport> report) {
    return report
        .map(JobReport::status)
        .filter(s -> s == JobReport.Status.PENDING || s == JobReport.Status.RUNNING)
        .isPresent();
  }

  /** Fails a run whose time is over, even when Ray is away; the job is stopped if it can be. */
  Uni<Void> expire(Claim claim, Run run) {
    String waiting = run.waitingFor() == null ? "" : "; it waited for: " + run.waitingFor();
    Failure failure =
        Failure.of("deadline-exceeded", "not ended by its deadline " + run.deadlineAt() + waiting);
    return jobs.stop(run.id().submissionId(run.state().attempt()))
        .onFailure(RayAway.class)
        .recoverWithItem(false)
        .flatMap(stopped -> sources.stop(run))
        .onFailure(UploadAway.class)
        .recoverWithNull()
        .flatMap(stopped -> progress.failed(claim, failure));
  }

  /** Gives the draft of a run without output back to the catalog. */
  Uni<Void> release(Claim claim, Run run) {
    return catalog
        .release(run.project(), run.id().value())
        .onFailure(CatalogRefused.class)
        .recoverWithNull()
        .flatMap(done -> progress.released(claim));
  }
}
