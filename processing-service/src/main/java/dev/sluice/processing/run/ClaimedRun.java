package dev.sluice.processing.run;

/** A run with the right to act on it. */
public record ClaimedRun(Claim claim, Run run, Chores chores) {
  /**
   * What is left to do for a run that has ended, in this order.
   *
   * @param stop Ray may still have its job
   * @param log its log is not kept yet
   * @param sweep objects that no version names may lie below its output
   * @param release its draft still has to be given back
   */
  public record Chores(boolean stop, boolean log, boolean sweep, boolean release) {
    static Chores of(RunEntity row) {
      return new Chores(row.stopPending, row.logPending, row.sweepPending, row.releasePending);
    }

    /** Whether nothing is left. */
    public boolean none() {
      return !stop && !log && !sweep && !release;
    }
  }

  static ClaimedRun of(RunEntity row, Claim claim) {
    return new ClaimedRun(claim, RunColumns.toRun(row), Chores.of(row));
  }
}
