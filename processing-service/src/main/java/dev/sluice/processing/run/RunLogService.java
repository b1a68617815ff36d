package dev.sluice.processing.run;

import dev.sluice.processing.ray.JobRunner;
import dev.sluice.processing.ray.RayAway;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Shows what a run's program has printed: Ray's log, else the tail that was kept. */
@ApplicationScoped
class RunLogService {
  private final JobRunner jobs;

  RunLogService(JobRunner jobs) {
    this.jobs = jobs;
  }

  Uni<String> of(Run run) {
    RunView view = RunView.of(run);
    String kept = view.logTail() == null ? "" : view.logTail();
    if (view.submissionId() == null) {
      return Uni.createFrom().item(kept);
    }
    return jobs.log(view.submissionId())
        .map(log -> log.isEmpty() ? kept : log)
        .onFailure(RayAway.class)
        .recoverWithItem(
            away -> {
              if (kept.isEmpty()) {
                throw new RunProblem.LogAway(String.valueOf(away.getMessage())).exception();
              }
              return kept;
            });
  }
}
