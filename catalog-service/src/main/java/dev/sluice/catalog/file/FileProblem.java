package dev.sluice.catalog.file;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;

/** What can be wrong with a file of a version. */
public sealed interface FileProblem extends Problem {

  /** The version has no file of that path. */
  record FileNotFound(String path) implements FileProblem {
    @Override
    public String code() {
      return "file-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such file";
    }

    @Override
    public String detail() {
      return "The version has no file '" + path + "'.";
    }
  }

  /** A path would be a file and a folder at once. */
  record PathConflict(String path, String other) implements FileProblem {
    @Override
    public String code() {
      return "path-conflict";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "A path cannot be a file and a folder";
    }

    @Override
    public String detail() {
      return "'" + path + "' and '" + other + "' cannot both be files of a version.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("path", path, "no file beside or below '" + other + "'"));
    }
  }
}
