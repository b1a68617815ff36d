package dev.sluice.catalog.garbage;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;

/** What can be wrong with a request about garbage collections. */
sealed interface GarbageProblem extends Problem {

  /** One at a time. */
  record CollectionRunning(String project) implements GarbageProblem {
    @Override
    public String code() {
      return "collection-running";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "A garbage collection is running";
    }

    @Override
    public String detail() {
      return "A garbage collection of project '" + project + "' is running; wait for its end.";
    }

    @Override
    public boolean transientFailure() {
      return true;
    }
  }

  /** The project has had no such collection, or it is forgotten. */
  record CollectionNotFound(String id) implements GarbageProblem {
    @Override
    public String code() {
      return "collection-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such garbage collection";
    }

    @Override
    public String detail() {
      return "The project has no garbage collection '" + id + "'.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("id", id, "the id of one of the newest 200"));
    }
  }
}
