package dev.sluice.processing.run;

import dev.sluice.processing.run.RunState.Ended;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.processing.run.RunState.Submitted;
import dev.sluice.processing.run.RunState.Succeeded;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Counts what happens to runs, as {@code sluice_job_…}. */
@ApplicationScoped
class RunMetrics {
  private final MeterRegistry meters;

  RunMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  void accepted(Run run) {
    meters.counter("sluice_job_requested_total", "project", run.project()).increment();
  }

  void reached(Run before, Run after) {
    String project = after.project();
    if (after.state() instanceof Submitted) {
      meters.counter("sluice_job_attempts_total", "project", project).increment();
    }
    if (after.state() instanceof Requested && !(before.state() instanceof Requested)) {
      meters.counter("sluice_job_attempts_lost_total", "project", project).increment();
    }
    if (after.state() instanceof Succeeded done
        && done.output() != null
        && done.submission() != null) {
      meters
          .counter("sluice_job_rows_total", "project", project, "outcome", "written")
          .increment((double) done.output().rows());
    }
    if (after.state() instanceof Ended end) {
      Timer.builder("sluice_job_duration_seconds")
          .tag("project", project)
          .tag("outcome", end.text())
          .register(meters)
          .record(Duration.between(after.createdAt(), end.at()));
    }
  }
}
