package dev.sluice.catalog.retention;

import dev.sluice.support.problem.Problem;

/** What can be wrong with a request about retention. */
public sealed interface RetentionProblem extends Problem {

  /** All versions are kept. */
  record NoRetentionRule(String dataset) implements RetentionProblem {
    @Override
    public String code() {
      return "retention-rule-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No retention rule";
    }

    @Override
    public String detail() {
      return "Dataset '" + dataset + "' has no retention rule: all its versions are kept.";
    }
  }
}
