package dev.sluice.upload.problem;

import dev.sluice.support.problem.FieldError;
import dev.sluice.support.problem.Problem;
import java.util.List;
import java.util.UUID;

/** Everything upload-service refuses, apart from the problems all services share. */
public sealed interface UploadProblem extends Problem {

  /** The project has no such dataset. */
  record DatasetNotFound(String project, String dataset) implements UploadProblem {
    @Override
    public String code() {
      return "dataset-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such dataset";
    }

    @Override
    public String detail() {
      return "Project '" + project + "' has no dataset '" + dataset + "'.";
    }
  }

  /** The dataset has no such version, or it was dropped. */
  record VersionNotFound(String dataset, String version) implements UploadProblem {
    @Override
    public String code() {
      return "version-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such version";
    }

    @Override
    public String detail() {
      return "Dataset '" + dataset + "' has no version '" + version + "'.";
    }
  }

  /** The version is no open draft of people: it is sealed, or a run writes it. */
  record VersionNotOpen(String dataset, String version, String state) implements UploadProblem {
    @Override
    public String code() {
      return "version-" + state;
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The version takes no files";
    }

    @Override
    public String detail() {
      return "Version '%s' of dataset '%s' is %s; files go into an open draft."
          .formatted(version, dataset, state);
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("version", version, "an open draft"));
    }
  }

  /** There is no such upload in any project of the caller. */
  record UploadNotFound(String uploadId) implements UploadProblem {
    /** By its id. */
    public UploadNotFound(UUID uploadId) {
      this(uploadId.toString());
    }

    @Override
    public String code() {
      return "upload-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such upload";
    }

    @Override
    public String detail() {
      return "There is no upload '" + uploadId + "', or you are not a member of its project.";
    }
  }

  /** The upload's state does not allow the step. */
  record UploadOver(UUID uploadId, String state, String step) implements UploadProblem {
    @Override
    public String code() {
      return "upload-over";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The upload is over";
    }

    @Override
    public String detail() {
      return "Upload '%s' is %s; %s needs another state.".formatted(uploadId, state, step);
    }
  }

  /** Not all parts are in the store with their right size. */
  record PartsMissing(UUID uploadId, List<FieldError> errors) implements UploadProblem {
    public PartsMissing {
      errors = List.copyOf(errors);
    }

    @Override
    public String code() {
      return "parts-missing";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "Parts are missing";
    }

    @Override
    public String detail() {
      String first =
          errors.stream().map(e -> String.valueOf(e.value())).limit(20).toList().toString();
      return "Upload '%s' lacks %d part(s) of the right size: %s%s"
          .formatted(uploadId, errors.size(), first, errors.size() > 20 ? " and more" : "");
    }
  }

  /** A part that the client reported is not in the store as it should be. */
  record PartNotStored(UUID uploadId, List<FieldError> errors) implements UploadProblem {
    public PartNotStored {
      errors = List.copyOf(errors);
    }

    @Override
    public String code() {
      return "part-not-stored";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "A reported part is not stored";
    }

    @Override
    public String detail() {
      return "The store does not have these parts of upload '%s' as the plan wants them."
          .formatted(uploadId);
    }
  }

  /** A file cannot also be a folder. */
  record PathTaken(String path, String other) implements UploadProblem {
    @Override
    public String code() {
      return "path-taken";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The path is a folder or lies in a file";
    }

    @Override
    public String detail() {
      return "'%s' cannot be in one version with '%s'.".formatted(path, other);
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("path", path, "no file that is also a folder: " + other));
    }
  }

  /** The file is larger than this installation takes. */
  record FileTooLarge(long size, long largest) implements UploadProblem {
    @Override
    public String code() {
      return "file-too-large";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String title() {
      return "The file is too large";
    }

    @Override
    public String detail() {
      return "size " + size + " is more than the " + largest + " bytes allowed for one file.";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("size", Long.toString(size), "at most " + largest));
    }
  }

  /** The content was erased from the project, and must not come back. */
  record ContentErased(String path, String sha256, String reason) implements UploadProblem {
    @Override
    public String code() {
      return "content-erased";
    }

    @Override
    public int status() {
      return 451;
    }

    @Override
    public String title() {
      return "The content was erased and is kept out";
    }

    @Override
    public String detail() {
      return "'%s': %s".formatted(path, because(reason));
    }

    @Override
    public List<FieldError> errors() {
      return List.of(
          new FieldError("path", path, "another content"),
          new FieldError("sha256", sha256, "a content that was not erased"));
    }

    /** Why a file that was read is left out. */
    public static String because(String reason) {
      return "its content was erased from the project and must not come back: " + reason;
    }
  }

  /** The project has no room for the file. */
  record QuotaExceeded(long quota, long used, long asked) implements UploadProblem {
    @Override
    public String code() {
      return "quota-exceeded";
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String title() {
      return "No room in the project";
    }

    @Override
    public String detail() {
      return "The project may hold %d bytes; %d are held or on their way, the file has %d."
          .formatted(quota, used, asked);
    }

    @Override
    public List<FieldError> errors() {
      return List.of(
          new FieldError(
              "size", Long.toString(asked), "at most " + Math.max(0, quota - used) + " bytes"));
    }
  }

  /** The bytes were announced with another SHA-256 before. */
  record Sha256Differs(UUID uploadId, String announced, String told) implements UploadProblem {
    @Override
    public String code() {
      return "sha256-differs";
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "Announced with another SHA-256";
    }

    @Override
    public String detail() {
      return "Upload " + uploadId + " was announced with SHA-256 " + announced + ".";
    }

    @Override
    public List<FieldError> errors() {
      return List.of(new FieldError("sha256", told, announced));
    }
  }

  // Imports

  /** There is no such import in any project of the caller. */
  record ImportNotFound(String importId) implements UploadProblem {
    @Override
    public String code() {
      return "import-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such import";
    }

    @Override
    public String detail() {
      return "There is no import '" + importId + "', or you are not a member of its project.";
    }
  }

  /** There is no such schedule in any project of the caller. */
  record ScheduleNotFound(String scheduleId) implements UploadProblem {
    @Override
    public String code() {
      return "schedule-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such schedule";
    }

    @Override
    public String detail() {
      return "There is no schedule '" + scheduleId + "', or you are not a member of its project.";
    }
  }

  /** The import's state does not allow the step. */
  record ImportOver(String importId, String state, String step, String needed)
      implements UploadProblem {
    @Override
    public String code() {
      return "import-" + state;
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The import is in another state";
    }

    @Override
    public String detail() {
      return "Import '%s' is %s; %s needs one that is %s.".formatted(importId, state, step, needed);
    }
  }
}
