package dev.sluice.catalog.erasure;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;

/** What can be wrong with a request about erasures. */
sealed interface ErasureProblem extends Problem {

  /** There is nothing to erase. */
  record ContentNotFound(String sha256) implements ErasureProblem {
    @Override
    public String code() {
      return "content-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such content";
    }

    @Override
    public String detail() {
      return "The project has no object with SHA-256 '" + sha256 + "'; block it to keep it out.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("sha256", sha256, "the SHA-256 of a file of the project"));
    }
  }
}
