package dev.sluice.processing.watch;

import dev.sluice.processing.joblog.JobLogService;
import dev.sluice.processing.manifest.Execution.Retry;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunConfig;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunState.AtRay;
import dev.sluice.processing.run.RunState.Failure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Tries a run again after a fault that may pass, later each time, as often as its manifest says.
 */
@ApplicationScoped
class AgainService {
  private static final Logger LOG = Logger.getLogger(AgainService.class);
  private static final double LEAST_JITTER = 0.75;
  private static final double MOST_JITTER = 1.25;

  private final RunProgressService progress;
  private final JobLogService logs;
  private final RunConfig config;

  AgainService(RunProgressService progress, JobLogService logs, RunConfig config) {
    this.progress = progress;
    this.logs = logs;
    this.config = config;
  }

  /** Another attempt after {@code fault}; the run fails with it when there is none left. */
  Uni<Void> orFail(Claim claim, Run run, AtRay state, Failure fault) {
    Retry retry = run.manifest().execution().retry();
    int most = Objects.requireNonNullElse(retry.maxAttempts(), config.maxAttempts());
    Instant at = Instant.now().plus(withJitter(retry.pauseAfter(state.attempt())));
    if (state.attempt() >= most) {
      return progress.failed(claim, fault);
    }
    if (!at.isBefore(run.deadlineAt())) {
      return progress.failed(claim, tooLate(run, fault));
    }
    LOG.infof(
        "run is tried again: runId=%s attempt=%d reason=%s",
        run.id(), state.attempt() + 1, fault.message());
    return logs.keepForGood(claim, run, state.attempt(), Instant.EPOCH)
        .onFailure()
        .recoverWithNull()
        .chain(() -> progress.again(claim, at));
  }

  private static Failure tooLate(Run run, Failure fault) {
    return new Failure(
        fault.reason(),
        fault.message() + "; its deadline " + run.deadlineAt() + " leaves no time for another try",
        fault.logTail());
  }

  /** Runs that were stopped together do not come back together. */
  private static Duration withJitter(Duration pause) {
    double factor = ThreadLocalRandom.current().nextDouble(LEAST_JITTER, MOST_JITTER);
    return Duration.ofMillis((long) (pause.toMillis() * factor));
  }
}
