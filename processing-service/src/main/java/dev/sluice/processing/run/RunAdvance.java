package dev.sluice.processing.run;

import dev.sluice.processing.run.ClaimedRun.Chores;
import dev.sluice.processing.run.RunState.Active;
import dev.sluice.processing.run.RunState.Cancelled;
import dev.sluice.processing.run.RunState.Ended;
import dev.sluice.processing.run.RunState.Failed;
import dev.sluice.processing.run.RunState.Requested;
import dev.sluice.processing.run.RunState.Succeeded;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules by which a locked row goes from one state to the next. */
final class RunAdvance {
  private static final UUID NOBODY = new UUID(0, 0);

  private final Run before;
  private final Run after;

  private RunAdvance(Run before, Run after) {
    this.before = before;
    this.after = after;
  }

  /** The row, when {@code claim} is the one that holds it. */
  static RunEntity held(Claim claim, @Nullable RunEntity row) {
    if (row == null || !claim.holder().equals(row.leaseOwner)) {
      throw new ClaimLost(claim);
    }
    return row;
  }

  /** Moves the row on; whoever saw it in another state has lost it. */
  static <S extends RunState> RunAdvance move(
      RunEntity row, Class<S> from, Function<S, RunState> transition, Instant now) {
    Run before = RunColumns.toRun(row);
    if (!from.isInstance(before.state())) {
      throw new ClaimLost(new Claim(before.id(), NOBODY));
    }
    RunAdvance step =
        new RunAdvance(before, before.in(transition.apply(from.cast(before.state()))));
    RunColumns.apply(step.after.state(), row);
    if (!(step.after.state() instanceof Requested)) {
      row.retryAt = null;
    }
    Chores chores = step.chores();
    row.stopPending = chores.stop();
    row.logPending = chores.log();
    row.sweepPending = chores.sweep();
    row.releasePending = chores.release();
    row.nextCheckAt = step.after.state() instanceof Ended && chores.none() ? null : now;
    return step;
  }

  Run before() {
    return before;
  }

  Run after() {
    return after;
  }

  /** Whether Ray needs no room for its driver any more. */
  boolean leavesItsPlace() {
    return switch (after.state()) {
      case Requested s -> true;
      case Ended s -> !chores().stop();
      case Active s -> false;
    };
  }

  private Chores chores() {
    boolean output = after.output() != null;
    return switch (after.state()) {
      case Active s -> new Chores(false, false, false, false);
      case Succeeded s -> new Chores(false, s.submission() != null, ownOutput(s), false);
      case Failed s -> new Chores(mayBeAtRay(), mayBeAtRay(), output, output);
      case Cancelled s -> new Chores(mayBeAtRay(), mayBeAtRay(), output, output);
    };
  }

  private static boolean ownOutput(Succeeded state) {
    return state.submission() != null && state.output() != null;
  }

  /** An attempt whose submission was not answered may be there too. */
  private boolean mayBeAtRay() {
    return !(before.state() instanceof Requested)
        || before.output() != null
        || before.details().dryRun();
  }
}
