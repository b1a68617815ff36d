package dev.sluice.catalog.version;

import dev.sluice.catalog.file.PendingFile;
import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a request about versions. */
public sealed interface VersionProblem extends Problem {
  /** Code, status and title of each problem. */
  enum Kind {
    NOT_FOUND("version-not-found", 404, "No such version"),
    DRAFT_OPEN("draft-open", 409, "The dataset has an open draft"),
    SEALED("version-sealed", 409, "The version's content is final"),
    NOT_SEALED("version-not-sealed", 409, "The version is not sealed"),
    PURGED("version-purged", 410, "The version's files were given up"),
    WITHDRAWN("version-withdrawn", 409, "The version is withdrawn"),
    RESERVED("version-reserved", 409, "The version is reserved for a run"),
    PENDING("files-pending", 409, "Files are still on their way"),
    IN_USE("version-in-use", 409, "The version is in use"),
    UNEXPECTED("files-unexpected", 409, "The draft has other files than expected");

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

  /** The dataset has no such version (any more). */
  record VersionNotFound(String dataset, String version) implements VersionProblem {
    @Override
    public Kind kind() {
      return Kind.NOT_FOUND;
    }

    @Override
    public String detail() {
      return version.equals("latest")
          ? "Dataset '" + dataset + "' has no sealed version yet."
          : "Dataset '" + dataset + "' has no version '" + version + "'.";
    }
  }

  /** People share one open draft. */
  record DraftOpen(String dataset, String version) implements VersionProblem {
    @Override
    public Kind kind() {
      return Kind.DRAFT_OPEN;
    }

    @Override
    public String detail() {
      return "Version '" + version + "' of '" + dataset + "' is open; use, seal or drop it first.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("version", version, "no open draft beside it"));
    }
  }

  /** Nothing can be written to a sealed version, nor can it be sealed with other content. */
  record VersionSealed(String dataset, String version) implements VersionProblem {
    @Override
    public Kind kind() {
      return Kind.SEALED;
    }

    @Override
    public String detail() {
      return "Version '" + version + "' of '" + dataset + "' is sealed; open a new draft instead.";
    }
  }

  /** What was asked for exists only from the seal on. */
  record VersionNotSealed(String dataset, String version) implements VersionProblem {
    @Override
    public Kind kind() {
      return Kind.NOT_SEALED;
    }

    @Override
    public String detail() {
      return "Version '" + version + "' of '" + dataset + "' is a draft; seal it first.";
    }
  }

  /** A withdrawn version is not used any more. */
  record VersionIsWithdrawn(String dataset, String version) implements VersionProblem {
    @Override
    public Kind kind() {
      return Kind.WITHDRAWN;
    }

    @Override
    public String detail() {
      return "Version '" + version + "' of '" + dataset + "' is withdrawn.";
    }
  }

  /** The files of a purged version cannot be read any more. */
  record VersionIsPurged(String version, String by, Instant at, @Nullable String reason)
      implements VersionProblem {
    @Override
    public Kind kind() {
      return Kind.PURGED;
    }

    @Override
    public String detail() {
      return "Version '%s' was purged by %s at %s%s."
          .formatted(version, by, at, reason == null ? "" : ": " + reason);
    }
  }

  /** An alias points at the version, so that somebody relies on it. */
  record VersionInUse(String dataset, String version, List<String> aliases)
      implements VersionProblem {
    public VersionInUse {
      aliases = List.copyOf(aliases);
    }

    @Override
    public Kind kind() {
      return Kind.IN_USE;
    }

    @Override
    public String detail() {
      return "Version '%s' of '%s' is what %s points at; move that first, or force it."
          .formatted(version, dataset, String.join(", ", aliases));
    }

    @Override
    public List<FieldError> errors() {
      return aliases.stream().map(a -> new FieldError("alias", a, "another version")).toList();
    }
  }

  /** Only the run that reserved a draft fills and seals it. */
  record VersionReserved(String dataset, String version, String runId) implements VersionProblem {
    @Override
    public Kind kind() {
      return Kind.RESERVED;
    }

    @Override
    public String detail() {
      return "Version '" + version + "' of '" + dataset + "' is reserved for run " + runId + ".";
    }
  }

  /** The content is not there yet; waiting may help. */
  record FilesPending(
      long expected, long present, List<PendingFile> pending, @Nullable String presentDigest)
      implements VersionProblem {
    @Override
    public Kind kind() {
      return Kind.PENDING;
    }

    @Override
    public String detail() {
      return presentDigest == null
          ? present + " of " + expected + " expected files are here; " + missing()
          : "The " + present + " files here have the digest " + presentDigest + "; " + missing();
    }

    private String missing() {
      return pending.isEmpty()
          ? "no other is announced."
          : pending.size()
              + " announced: "
              + pending.getFirst().path()
              + (pending.size() > 1 ? ", …" : "")
              + ".";
    }

    @Override
    public List<FieldError> errors() {
      List<FieldError> errors = new ArrayList<>();
      errors.add(new FieldError("expected", Long.toString(expected), "the number present"));
      errors.add(new FieldError("present", Long.toString(present), "the number expected"));
      if (presentDigest != null) {
        errors.add(new FieldError("digest", presentDigest, "the digest expected"));
      }
      pending.forEach(p -> errors.add(new FieldError("pending", p.path(), p.reason())));
      return errors;
    }
  }

  /** More files are there than expected; waiting does not help. */
  record FilesUnexpected(long expected, long present) implements VersionProblem {
    @Override
    public Kind kind() {
      return Kind.UNEXPECTED;
    }

    @Override
    public String detail() {
      return "The draft has " + present + " files, but " + expected + " were expected.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(
          new FieldError("expectedFiles", Long.toString(expected), Long.toString(present)));
    }
  }
}
