package dev.sluice.processing.automation;

import dev.sluice.support.problem.Problem;

/** What can be wrong with a request about templates and triggers. */
sealed interface AutomationProblem extends Problem {

  /** No such template in that project. */
  record TemplateNotFound(String name) implements AutomationProblem {
    @Override
    public String code() {
      return "template-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such template";
    }

    @Override
    public String detail() {
      return "There is no template '" + name + "' in this project.";
    }
  }

  /** A trigger runs it. */
  record TemplateInUse(String name, String trigger) implements AutomationProblem {
    @Override
    public String code() {
      return "template-in-use";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The template is in use";
    }

    @Override
    public String detail() {
      return "Trigger '" + trigger + "' runs template '" + name + "'; delete that first.";
    }
  }

  /** No such trigger, or it belongs to a project the caller is a stranger to. */
  record TriggerNotFound(String id) implements AutomationProblem {
    @Override
    public String code() {
      return "trigger-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such trigger";
    }

    @Override
    public String detail() {
      return "There is no trigger '" + id + "', or you are not a member of its project.";
    }
  }

  /** The project has a trigger of that name. */
  record TriggerExists(String name) implements AutomationProblem {
    @Override
    public String code() {
      return "trigger-exists";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "There is such a trigger";
    }

    @Override
    public String detail() {
      return "The project has a trigger '" + name + "' already.";
    }
  }
}
