package dev.sluice.processing.operator;

import dev.sluice.support.problem.Problem;

/** What can be wrong with a request about operators. */
sealed interface OperatorProblem extends Problem {

  /** No such operator. */
  record OperatorNotFound(String name) implements OperatorProblem {
    @Override
    public String code() {
      return "operator-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such operator";
    }

    @Override
    public String detail() {
      return "There is no operator '" + name + "'; GET /api/v1/operators lists all.";
    }
  }
}
