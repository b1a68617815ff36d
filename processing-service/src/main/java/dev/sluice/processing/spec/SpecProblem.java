package dev.sluice.processing.spec;

import dev.sluice.support.problem.Problem;

/** Why a job gets no specification. */
public sealed interface SpecProblem extends Problem {

  /** The run's program has no files of its own. */
  record NoWorkingDir(String run) implements SpecProblem {
    @Override
    public String code() {
      return "no-working-dir";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "The run has no working directory";
    }

    @Override
    public String detail() {
      return "Run '" + run + "' brings no files.";
    }
  }

  /** The token is none of this attempt, or the attempt has ended. */
  record TokenNotValid() implements SpecProblem {
    @Override
    public String code() {
      return "run-token-not-valid";
    }

    @Override
    public int status() {
      return 401;
    }

    @Override
    public String title() {
      return "The run token is not valid";
    }

    @Override
    public String detail() {
      return "The token does not belong to this attempt, or the attempt has ended.";
    }
  }
}
