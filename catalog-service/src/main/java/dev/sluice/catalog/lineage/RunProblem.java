package dev.sluice.catalog.lineage;

import dev.sluice.support.problem.Problem;

/** What can be wrong with a request or a fact about the output of a run. */
sealed interface RunProblem extends Problem {

  /** The run never reserved an output here. */
  record RunNotFound(String project, String runId) implements RunProblem {
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
      return "Run " + runId + " reserved no output in project '" + project + "'.";
    }
  }

  /** The run's output is sealed, so its reservation cannot be given back. */
  record OutputSealed(String runId, String dataset, String version) implements RunProblem {
    @Override
    public String code() {
      return "version-sealed";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The version's content is final";
    }

    @Override
    public String detail() {
      return "Run " + runId + " made '" + dataset + "' " + version + ", which is sealed.";
    }
  }

  /** A fact names another version than the run reserved. */
  record OutputDiffers(String runId, String dataset, String version) implements RunProblem {
    @Override
    public String code() {
      return "run-output-differs";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The run reserved another version";
    }

    @Override
    public String detail() {
      return "Run " + runId + " did not reserve '" + dataset + "' " + version + ".";
    }
  }

  /** A fact is about a version the catalog never gave. */
  record UnknownVersion(String project, String dataset, String version) implements RunProblem {
    @Override
    public String code() {
      return "version-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such version";
    }

    @Override
    public String detail() {
      return "Project '" + project + "' has no version '" + version + "' of '" + dataset + "'.";
    }
  }
}
