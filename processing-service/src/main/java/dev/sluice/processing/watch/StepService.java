package dev.sluice.processing.watch;

import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.ClaimedRun;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunState.Active;
import dev.sluice.processing.run.RunState.AtRay;
import dev.sluice.processing.run.RunState.Committing;
import dev.sluice.processing.run.RunState.Ended;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Chooses a run's next step from its state; every step may be repeated after a crash. */
@ApplicationScoped
class StepService {
  private final StartService starting;
  private final SubmitService submitting;
  private final ObserveService observing;
  private final EndService ending;
  private final ObjectStore store;

  StepService(
      StartService starting,
      SubmitService submitting,
      ObserveService observing,
      EndService ending,
      ObjectStore store) {
    this.starting = starting;
    this.submitting = submitting;
    this.observing = observing;
    this.ending = ending;
    this.store = store;
  }

  Uni<Void> take(ClaimedRun claimed) {
    Run run = claimed.run();
    return switch (run.state()) {
      case Active state -> active(claimed.claim(), run, state);
      case Ended state ->
          claimed.releasePending()
              ? ending.release(claimed.claim(), run)
              : Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> active(Claim claim, Run run, Active state) {
    String canceller = run.cancelRequestedBy();
    if (canceller != null) {
      return ending.cancel(claim, run, canceller);
    }
    if (Instant.now().isAfter(run.deadlineAt())) {
      return ending.expire(claim, run);
    }
    String bucket = store.bucketOf(run.project());
    return switch (state) {
      case Requested s when run.output() == null -> starting.reserve(claim, run);
      case Requested s -> submitting.submit(claim, run, s);
      case AtRay s -> observing.observe(claim, run, s, bucket);
      case Committing s -> ending.commit(claim, run, s, bucket);
    };
  }
}
