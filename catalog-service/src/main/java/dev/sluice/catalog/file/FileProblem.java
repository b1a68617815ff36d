package dev.sluice.catalog.file;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.time.Instant;
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

  /** The bytes that a file would point at were thrown away. */
  record ObjectRemoved(String objectKey) implements FileProblem {
    @Override
    public String code() {
      return "object-removed";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The bytes are gone";
    }

    @Override
    public String detail() {
      return "Object '" + objectKey + "' was removed, or its content was erased and is blocked.";
    }
  }

  /** The bytes were erased for good; the entry of the manifest stays. */
  record FileErased(String path, Instant at) implements FileProblem {
    @Override
    public String code() {
      return "file-erased";
    }

    @Override
    public int status() {
      return 410;
    }

    @Override
    public String title() {
      return "The file was erased";
    }

    @Override
    public String detail() {
      return "The bytes of '" + path + "' were erased at " + at + "; its entry stays.";
    }
  }
}
