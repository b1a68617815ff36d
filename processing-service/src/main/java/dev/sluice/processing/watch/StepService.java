package dev.sluice.processing.watch;

import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.ClaimedRun;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunAdmissionService;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunState.Active;
import dev.sluice.processing.run.RunState.AtRay;
import dev.sluice.processing.run.RunState.Committing;
import dev.sluice.processing.run.RunState.Ended;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Chooses a run's next step from its state; every step may be repeated after a crash. */
@ApplicationScoped
class StepService {
  private final ResolveService resolving;
  private final StartService starting;
  private final RunAdmissionService admission;
  private final SubmitService submitting;
  private final ObserveService observing;
  private final EndService ending;
  private final ChoresService chores;
  private final RunProgressService progress;
  private final ObjectStore store;

  StepService(
      ResolveService resolving,
      StartService starting,
      RunAdmissionService admission,
      SubmitService submitting,
      ObserveService observing,
      EndService ending,
      ChoresService chores,
      RunProgressService progress,
      ObjectStore store) {
    this.resolving = resolving;
    this.starting = starting;
    this.admission = admission;
    this.submitting = submitting;
    this.observing = observing;
    this.ending = ending;
    this.chores = chores;
    this.progress = progress;
    this.store = store;
  }

  Uni<Void> take(ClaimedRun claimed) {
    return switch (claimed.run().state()) {
      case Active state -> active(claimed.claim(), claimed.run(), state);
      case Ended state -> chores.next(claimed, state);
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
      case Requested s when run.details().recipeDigest() == null -> resolving.resolve(claim, run);
      case Requested s -> requested(claim, run, s);
      case AtRay s -> observing.observe(claim, run, s, bucket);
      case Committing s -> ending.commit(claim, run, s, bucket);
    };
  }

  private Uni<Void> requested(Claim claim, Run run, Requested state) {
    Instant retryAt = run.details().retryAt();
    if (retryAt != null && Instant.now().isBefore(retryAt)) {
      return waits("attempt " + state.attempt() + ", which begins at " + retryAt);
    }
    Uni<Optional<Run>> earlier =
        run.output() == null ? starting.earlier(run) : Uni.createFrom().item(Optional.empty());
    return earlier.flatMap(
        found ->
            found
                .map(same -> progress.reused(claim, same.id()))
                .orElseGet(() -> fresh(claim, run, state)));
  }

  /** Ray's head needs room for its driver first. */
  private Uni<Void> fresh(Claim claim, Run run, Requested state) {
    return admission
        .waitsFor(run)
        .flatMap(
            waiting -> waiting.isPresent() ? waits(waiting.get()) : withRoom(claim, run, state));
  }

  private Uni<Void> withRoom(Claim claim, Run run, Requested state) {
    return run.output() == null && !run.details().dryRun()
        ? starting.reserve(claim, run)
        : submitting.submit(claim, run, state);
  }

  private static Uni<Void> waits(String what) {
    return Uni.createFrom().failure(new RunWaits(what));
  }
}
