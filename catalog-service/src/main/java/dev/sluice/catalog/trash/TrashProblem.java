package dev.sluice.catalog.trash;

import dev.sluice.support.problem.Problem;

/** What can be wrong with a request about the trash. */
sealed interface TrashProblem extends Problem {

  /** Nothing of that id is in the trash (any more), or its purge has begun. */
  record NotInTrash(String project, String dataset) implements TrashProblem {
    @Override
    public String code() {
      return "not-in-trash";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "Not in the trash";
    }

    @Override
    public String detail() {
      return "The trash of project '" + project + "' has no dataset " + dataset + ".";
    }
  }
}
