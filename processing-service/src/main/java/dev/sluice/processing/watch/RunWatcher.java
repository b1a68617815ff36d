package dev.sluice.processing.watch;

import dev.sluice.processing.importing.UploadAway;
import dev.sluice.processing.ray.RayAway;
import dev.sluice.processing.reservation.CatalogAway;
import dev.sluice.processing.run.ClaimLost;
import dev.sluice.processing.run.ClaimedRun;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunAdmissionService;
import dev.sluice.processing.run.RunConfig;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.support.problem.Failures;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Looks at every run that is due and carries it as far as it goes now. Any replica may do so: a
 * lease keeps a run with one of them, and each of its writes is fenced by it.
 */
@ApplicationScoped
class RunWatcher {
  private static final Logger LOG = Logger.getLogger(RunWatcher.class);

  private final UUID holder = UUID.randomUUID();
  private final RunProgressService progress;
  private final RunAdmissionService admission;
  private final StepService steps;
  private final RunConfig config;
  private final Vertx vertx;
  private final AtomicBoolean looking = new AtomicBoolean();
  private long timer;

  RunWatcher(
      RunProgressService progress,
      RunAdmissionService admission,
      StepService steps,
      RunConfig config,
      Vertx vertx) {
    this.progress = progress;
    this.admission = admission;
    this.steps = steps;
    this.config = config;
    this.vertx = vertx;
  }

  /** Begins to look; a round begins when the one before has ended. */
  void start(@Observes StartupEvent event) {
    timer = vertx.setPeriodic(config.lookEvery().toMillis(), id -> look());
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  private void look() {
    if (looking.compareAndSet(false, true)) {
      Uni.createFrom()
          .deferred(this::round)
          .runSubscriptionOn(contextOfItsOwn())
          .subscribe()
          .with(done -> looking.set(false), this::waits);
    }
  }

  private void waits(Throwable failure) {
    LOG.warnf("watcher waits: %s", failure.toString());
    looking.set(false);
  }

  private Uni<Void> round() {
    return admission.admit().chain(() -> progress.claimDue(holder)).flatMap(this::carryAll);
  }

  private Uni<Void> carryAll(List<ClaimedRun> claimed) {
    return Multi.createFrom()
        .iterable(claimed)
        .onItem()
        .transformToUni(run -> guarded(run).runSubscriptionOn(contextOfItsOwn()))
        .merge(Math.max(1, claimed.size()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** Runs must not share the database session that a context carries. */
  private Executor contextOfItsOwn() {
    Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
    VertxContextSafetyToggle.setContextSafe(own, true);
    return task -> own.runOnContext(ignored -> task.run());
  }

  private Uni<Void> guarded(ClaimedRun claimed) {
    return Uni.createFrom()
        .deferred(() -> carry(claimed))
        .onFailure(StillImporting.class)
        .recoverWithUni(
            waits -> progress.resting(claimed.claim(), String.valueOf(waits.getMessage())))
        .onFailure(failure -> !(failure instanceof ClaimLost))
        .recoverWithUni(failure -> progress.checked(claimed.claim(), waitingFor(claimed, failure)))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.debugf("run %s is left to its lease: %s", claimed.run().id(), failure);
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> carry(ClaimedRun claimed) {
    return steps
        .take(claimed)
        .flatMap(done -> progress.renew(claimed.claim()))
        .flatMap(now -> moved(claimed, now) ? carry(now) : progress.checked(claimed.claim(), null));
  }

  private static boolean moved(ClaimedRun before, ClaimedRun now) {
    Run was = before.run();
    Run is = now.run();
    return !was.state().text().equals(is.state().text())
        || was.state().attempt() != is.state().attempt()
        || (was.output() == null) != (is.output() == null)
        || (was.details().recipeDigest() == null) != (is.details().recipeDigest() == null)
        || !before.chores().equals(now.chores());
  }

  private static String waitingFor(ClaimedRun claimed, Throwable failure) {
    if (failure instanceof RunWaits) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof RayAway
        || failure instanceof CatalogAway
        || failure instanceof UploadAway) {
      LOG.infof("run waits: runId=%s reason=%s", claimed.run().id(), failure.getMessage());
      return String.valueOf(failure.getMessage());
    }
    if (Failures.isTransient(failure)) {
      LOG.infof("run waits: runId=%s reason=%s", claimed.run().id(), failure);
    } else {
      LOG.errorf(failure, "run step failed: runId=%s", claimed.run().id());
    }
    return "a server behind Sluice: " + failure.getMessage();
  }
}
