package dev.sluice.processing.run;

import dev.sluice.support.problem.Problem;

/** What can be wrong with a request about a run. */
public sealed interface RunProblem extends Problem {

  /** No such run, or it belongs to a project the caller is a stranger to. */
  record RunNotFound(String id) implements RunProblem {
    @Override
    public String code() {
      return "run-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such run";
    }

    @Override
    public String detail() {
      return "There is no run '" + id + "', or you are not a member of its project.";
    }
  }

  /** The run has ended; it cannot be stopped any more. */
  record RunEnded(String id, String state) implements RunProblem {
    @Override
    public String code() {
      return "run-ended";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The run has ended";
    }

    @Override
    public String detail() {
      return "Run '" + id + "' is " + state + "; only a run that has not ended can be cancelled.";
    }
  }

  /** The request on the topic names another project than its manifest. */
  record ProjectsDiffer(String project, String namespace) implements RunProblem {
    @Override
    public String code() {
      return "projects-differ";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String title() {
      return "Request and manifest name different projects";
    }

    @Override
    public String detail() {
      return "project '%s', metadata.namespace '%s'".formatted(project, namespace);
    }
  }

  /** The token is none of this attempt, or the attempt has ended. */
  record TokenNotValid() implements RunProblem {
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

  /** A run that makes a version takes no sample. */
  record NoDryRun(String id) implements RunProblem {
    @Override
    public String code() {
      return "no-dry-run";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The run is no dry run";
    }

    @Override
    public String detail() {
      return "Run '" + id + "' makes a version; only a dry run sends a sample.";
    }
  }
}
