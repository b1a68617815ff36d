package dev.sluice.processing.watch;

import dev.sluice.processing.joblog.JobLogService;
import dev.sluice.processing.output.SweepService;
import dev.sluice.processing.ray.RayAway;
import dev.sluice.processing.reservation.CatalogClient;
import dev.sluice.processing.reservation.CatalogRefused;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.ClaimedRun;
import dev.sluice.processing.run.ClaimedRun.Chores;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.Run.ReservedOutput;
import dev.sluice.processing.run.RunChoresService;
import dev.sluice.processing.run.RunState.Ended;
import dev.sluice.processing.run.RunState.RunOutput;
import dev.sluice.processing.run.RunState.Succeeded;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Clears up after a run that has ended: its job, its log, its leftovers, its draft. */
@ApplicationScoped
class ChoresService {
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final EndService ending;
  private final JobLogService logs;
  private final SweepService sweeping;
  private final CatalogClient catalog;
  private final RunChoresService chores;
  private final ObjectStore store;

  ChoresService(
      EndService ending,
      JobLogService logs,
      SweepService sweeping,
      CatalogClient catalog,
      RunChoresService chores,
      ObjectStore store) {
    this.ending = ending;
    this.logs = logs;
    this.sweeping = sweeping;
    this.catalog = catalog;
    this.chores = chores;
    this.store = store;
  }

  /** Does what is next; objects are not swept while a job may still write some. */
  Uni<Void> next(ClaimedRun claimed, Ended state) {
    Claim claim = claimed.claim();
    Run run = claimed.run();
    Chores left = claimed.chores();
    if (left.stop()) {
      return stop(claim, run, state);
    }
    if (left.log()) {
      return logs.keepForGood(claim, run, state.attempt(), state.at())
          .chain(() -> chores.logKept(claim));
    }
    if (left.sweep()) {
      return sweep(run, state).chain(() -> chores.swept(claim));
    }
    return left.release() ? release(claim, run) : Uni.createFrom().voidItem();
  }

  private Uni<Void> stop(Claim claim, Run run, Ended state) {
    boolean givenUp = Instant.now().isAfter(state.at().plus(PATIENCE));
    return ending
        .atWork(run)
        .onFailure(failure -> failure instanceof RayAway && givenUp)
        .recoverWithItem(false)
        .flatMap(
            working -> working && !givenUp ? Uni.createFrom().voidItem() : chores.stopped(claim));
  }

  private Uni<Void> sweep(Run run, Ended state) {
    ReservedOutput output = run.output();
    return output == null
        ? Uni.createFrom().voidItem()
        : sweeping.sweep(store.bucketOf(run.project()), output.keyPrefix(), winner(state));
  }

  private static Optional<String> winner(Ended state) {
    return state instanceof Succeeded succeeded
        ? Optional.ofNullable(succeeded.output()).map(RunOutput::manifestKey)
        : Optional.empty();
  }

  /** Gives the draft of a run without output back to the catalog. */
  private Uni<Void> release(Claim claim, Run run) {
    return catalog
        .release(run.project(), run.id().value())
        .onFailure(CatalogRefused.class)
        .recoverWithNull()
        .flatMap(done -> chores.released(claim));
  }
}
