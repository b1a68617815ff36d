package dev.sluice.catalog.dataset;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;

/** What can be wrong with a request about datasets. */
public sealed interface DatasetProblem extends Problem {
  /** Code, status and title of each problem. */
  enum Kind {
    NOT_FOUND("dataset-not-found", 404, "No such dataset"),
    NAME_TAKEN("dataset-name-taken", 409, "The dataset name is taken"),
    TYPE_DIFFERS("data-type-differs", 409, "The dataset has another data type"),
    IF_MATCH_REQUIRED("if-match-required", 428, "If-Match is required"),
    CHANGED_MEANWHILE("changed-meanwhile", 412, "The dataset changed meanwhile"),
    CARD_TOO_LARGE("card-too-large", 413, "The card is too large");

    private final String code;
    private final int status;
    private final String title;

    Kind(String code, int status, String title) {
      this.code = code;
      this.status = status;
      this.title = title;
    }
  }

  Kind kind();

  @Override
  default String code() {
    return kind().code;
  }

  @Override
  default int status() {
    return kind().status;
  }

  @Override
  default String title() {
    return kind().title;
  }

  /** No dataset of that name (any more). */
  record DatasetNotFound(String project, String dataset) implements DatasetProblem {
    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "Project '" + project + "' has no dataset '" + dataset + "'.";
    }
  }

  /** Another dataset of the project has the name. */
  record DatasetNameTaken(String project, String name) implements DatasetProblem {
    @Override
    public Kind kind() {
      return Kind.NAME_TAKEN;
    }

    @Override
    public String detail() {
      return "Project '" + project + "' has a dataset '" + name + "' already.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("name", name, "a name that is free in the project"));
    }
  }

  /** A run wants to write files of one type into a dataset of another. */
  record DataTypeDiffers(String dataset, String actual, String wanted) implements DatasetProblem {
    @Override
    public Kind kind() {
      return Kind.TYPE_DIFFERS;
    }

    @Override
    public String detail() {
      return "Dataset '" + dataset + "' holds " + actual + ", not " + wanted + ".";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("dataType", wanted, actual));
    }
  }

  /** A change must say which revision it was built on. */
  record IfMatchRequired(String what) implements DatasetProblem {
    @Override
    public Kind kind() {
      return Kind.IF_MATCH_REQUIRED;
    }

    @Override
    public String detail() {
      return "Send the ETag of " + what + " as If-Match, or '*'.";
    }
  }

  /** Somebody else changed the dataset since the caller read it. */
  record ChangedMeanwhile(String what, String sent, String now) implements DatasetProblem {
    @Override
    public Kind kind() {
      return Kind.CHANGED_MEANWHILE;
    }

    @Override
    public String detail() {
      return what + " is at " + now + "; read it again and repeat the change.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("If-Match", sent, now));
    }
  }

  /** Cards have a limit. */
  record CardTooLarge(int bytes, int most) implements DatasetProblem {
    @Override
    public Kind kind() {
      return Kind.CARD_TOO_LARGE;
    }

    @Override
    public String detail() {
      return "The card has " + bytes + " bytes; at most " + most + " are kept.";
    }
  }
}
