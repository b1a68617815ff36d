package dev.sluice.processing.joblog;

import dev.sluice.support.problem.Problem;

/** Why a log is not shown. */
sealed interface JobLogProblem extends Problem {

  /** Ray does not answer, so there is no log to show at the moment. */
  record LogAway(String why) implements JobLogProblem {
    @Override
    public String code() {
      return "log-away";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String title() {
      return "The log cannot be read at the moment";
    }

    @Override
    public String detail() {
      return why;
    }

    @Override
    public boolean transientFailure() {
      return true;
    }
  }

  /** The range begins where the log has not come to yet. */
  record RangeNotThere(String range, long total) implements JobLogProblem {
    @Override
    public String code() {
      return "range-not-there";
    }

    @Override
    public int status() {
      return 416;
    }

    @Override
    public String title() {
      return "The log is shorter";
    }

    @Override
    public String detail() {
      return "Range '%s'; the log has %d bytes so far.".formatted(range, total);
    }
  }
}
