package dev.sluice.catalog.comparison;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;

/** What can be wrong with a merge. */
sealed interface MergeProblem extends Problem {

  /**
   * Both sides made different things of the same paths.
   *
   * @param paths the first of them
   * @param all whether these are all
   */
  record MergeConflict(String from, List<String> paths, boolean all) implements MergeProblem {
    public MergeConflict {
      paths = List.copyOf(paths);
    }

    @Override
    public String code() {
      return "merge-conflict";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "Both sides changed the same files";
    }

    @Override
    public String detail() {
      return (all ? "" : "At least ")
          + paths.size()
          + " paths differ in both, first '"
          + paths.getFirst()
          + "'; resolve them, or take 'ours' or 'theirs' for all.";
    }

    @Override
    public List<FieldError> errors() {
      return paths.stream()
          .map(path -> new FieldError("path", path, "as it is here or as it is in " + from))
          .toList();
    }
  }
}
