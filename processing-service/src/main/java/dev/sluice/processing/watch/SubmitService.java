package dev.sluice.processing.watch;

import dev.sluice.processing.code.CodeRefused;
import dev.sluice.processing.code.CodeService;
import dev.sluice.processing.ray.JobDemand;
import dev.sluice.processing.ray.JobPackage;
import dev.sluice.processing.ray.JobRunner;
import dev.sluice.processing.ray.JobSubmission;
import dev.sluice.processing.ray.RayRefused;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.processing.run.RunToken;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hands an attempt to Ray; a crash in between is made good by handing it over again. */
@ApplicationScoped
class SubmitService {
  private final JobRunner jobs;
  private final RunProgressService progress;
  private final CodeService code;
  private final ObjectStore store;
  private final ProcessingConfig config;

  SubmitService(
      JobRunner jobs,
      RunProgressService progress,
      CodeService code,
      ObjectStore store,
      ProcessingConfig config) {
    this.jobs = jobs;
    this.progress = progress;
    this.code = code;
    this.store = store;
    this.config = config;
  }

  /** Submits the attempt under its own, fixed id. */
  Uni<Void> submit(Claim claim, Run run, Requested state) {
    return progress
        .prepared(claim, state)
        .flatMap(
            token ->
                workingDir(run)
                    .map(files -> submission(run, state.attempt(), token, files.orElse(null))))
        .flatMap(jobs::submit)
        .invoke(() -> CrashPoint.hit("run.submit.afterRay"))
        .flatMap(taken -> progress.submitted(claim))
        .onFailure(RayRefused.class)
        .recoverWithUni(e -> progress.failed(claim, Refusals.failure(e)))
        .onFailure(CodeRefused.class)
        .recoverWithUni(e -> progress.failed(claim, Refusals.failure(e)));
  }

  private Uni<Optional<JobPackage>> workingDir(Run run) {
    return run.code() == null
        ? Uni.createFrom().item(Optional.empty())
        : progress
            .codeFiles(run.id())
            .map(files -> code.packageOf(store.bucketOf(run.project()), files))
            .map(Optional::of);
  }

  private JobSubmission submission(
      Run run, int attempt, RunToken token, @Nullable JobPackage workingDir) {
    URI job = config.url().resolve("/api/v1/runs/" + run.id() + "/attempts/" + attempt + "/");
    return new JobSubmission(
        run.id().submissionId(attempt),
        run.manifest().command(),
        Map.of(
            "SLUICE_SPEC_URL", job.resolve("spec").toString(), "SLUICE_RUN_TOKEN", token.value()),
        Map.of(
            "sluice.run", run.id().toString(),
            "sluice.attempt", String.valueOf(attempt),
            "sluice.project", run.project(),
            "sluice.dataset", run.manifest().name(),
            "sluice.requestedBy", run.requestedBy()),
        workingDir,
        new JobDemand(
            run.manifest().image(),
            run.manifest().cluster(),
            run.manifest().entrypoint() != null,
            job.resolve("packages/").toString(),
            run.deadlineAt()));
  }
}
