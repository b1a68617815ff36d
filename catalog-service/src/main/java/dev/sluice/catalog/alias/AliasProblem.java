package dev.sluice.catalog.alias;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;

/** What can be wrong with a request about aliases and tags. */
sealed interface AliasProblem extends Problem {
  /** Code, status and title of each problem. */
  enum Kind {
    NOT_FOUND("alias-not-found", 404, "No such alias or tag"),
    EXPECTED_REQUIRED("expected-required", 428, "Say what you expect the alias to point at"),
    MOVED_MEANWHILE("alias-moved-meanwhile", 412, "The alias points elsewhere"),
    TAG_SET("tag-set", 409, "The tag marks another version"),
    NAME_TAKEN("alias-name-taken", 409, "The name is in use");

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

  /** The dataset has no such name. */
  record AliasNotFound(String dataset, String name) implements AliasProblem {
    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return "Dataset '" + dataset + "' has no '" + name + "'.";
    }
  }

  /** An alias that others may be moving is moved on a condition only. */
  record ExpectedRequired(String name, String now) implements AliasProblem {
    @Override
    public Kind kind() {
      return Kind.EXPECTED_REQUIRED;
    }

    @Override
    public String detail() {
      return "'" + name + "' is in use; send its ETag as If-Match, or the version as 'expected'.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("expected", null, now));
    }
  }

  /** Somebody moved it since the caller looked. */
  record MovedMeanwhile(String name, String expected, String now) implements AliasProblem {
    @Override
    public Kind kind() {
      return Kind.MOVED_MEANWHILE;
    }

    @Override
    public String detail() {
      return "'" + name + "' points at " + now + ", not at " + expected + ".";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("expected", expected, now));
    }
  }

  /** A tag stays where it is unless the caller says that it should move. */
  record TagSet(String name, String now) implements AliasProblem {
    @Override
    public Kind kind() {
      return Kind.TAG_SET;
    }

    @Override
    public String detail() {
      return "Tag '" + name + "' marks " + now + "; send 'move': true to move it.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("version", null, now));
    }
  }

  /** Aliases and tags share their names. */
  record NameTaken(String name, String kindNow) implements AliasProblem {
    @Override
    public Kind kind() {
      return Kind.NAME_TAKEN;
    }

    @Override
    public String detail() {
      return "'" + name + "' is the name of " + (kindNow.equals("tag") ? "a tag." : "an alias.");
    }
  }
}
