package dev.sluice.catalog.project;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;

/** What can be wrong with a request about projects, besides what all services share. */
sealed interface ProjectProblem extends Problem {

  /** The name belongs to a project already, perhaps one the caller cannot see. */
  record ProjectNameTaken(String name) implements ProjectProblem {
    @Override
    public String code() {
      return "project-name-taken";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The project name is taken";
    }

    @Override
    public String detail() {
      return "There is a project '" + name + "' already.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("name", name, "a name that no project has"));
    }
  }
}
