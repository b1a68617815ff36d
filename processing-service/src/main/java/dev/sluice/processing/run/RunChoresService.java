package dev.sluice.processing.run;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;

/** Remembers what was cleared up after a run that has ended. */
@ApplicationScoped
public class RunChoresService {
  private final RunRepository repository;
  private final RunFenceService fence;

  RunChoresService(RunRepository repository, RunFenceService fence) {
    this.repository = repository;
    this.fence = fence;
  }

  /** Ray has its job no more, so another driver has room. */
  public Uni<Void> stopped(Claim claim) {
    return fence.locked(
        claim,
        (session, row) -> {
          row.stopPending = false;
          return repository.leavePlace(session, claim.run()).invoke(() -> rest(row));
        });
  }

  /** The log is kept. */
  public Uni<Void> logKept(Claim claim) {
    return done(claim, row -> row.logPending = false);
  }

  /** Nothing lies below the output that no version names. */
  public Uni<Void> swept(Claim claim) {
    return done(claim, row -> row.sweepPending = false);
  }

  /** The draft is given back. */
  public Uni<Void> released(Claim claim) {
    return done(claim, row -> row.releasePending = false);
  }

  private Uni<Void> done(Claim claim, Consumer<RunEntity> mark) {
    return fence.locked(
        claim,
        (session, row) -> {
          mark.accept(row);
          rest(row);
          return Uni.createFrom().voidItem();
        });
  }

  /** A run that has ended and left nothing to do is not looked at any more. */
  private static void rest(RunEntity row) {
    if (ClaimedRun.Chores.of(row).none()) {
      row.nextCheckAt = null;
    }
  }
}
