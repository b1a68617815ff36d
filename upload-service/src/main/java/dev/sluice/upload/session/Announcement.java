package dev.sluice.upload.session;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.FieldError;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.FilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file that a client announced, checked field by field. */
public record Announcement(
    String project, String dataset, String version, FilePath path, FileContent content) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{1,38})[a-z0-9]");
  private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]{0,8}");

  /**
   * From the fields of a request.
   *
   * @throws dev.sluice.support.problem.ProblemException 400 naming every field at fault
   */
  public static Announcement of(NewUploadRequest request) {
    List<FieldError> errors = new ArrayList<>();
    checkDraft(errors, request.project(), request.dataset(), request.version());
    checkPath(errors, request.path());
    if (request.size() == null || request.size() < 0) {
      errors.add(new FieldError("size", text(request.size()), "bytes, 0 or more"));
    }
    if (request.sha256() != null && !FileContent.isSha256(request.sha256())) {
      errors.add(new FieldError("sha256", request.sha256(), FileContent.SHA256_FORM));
    }
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors).exception();
    }
    return new Announcement(
        Objects.requireNonNull(request.project()),
        Objects.requireNonNull(request.dataset()),
        Objects.requireNonNull(request.version()),
        FilePath.of(Objects.requireNonNull(request.path())),
        new FileContent(
            Objects.requireNonNull(request.size()), Optional.ofNullable(request.sha256())));
  }

  /**
   * Checks the names of a draft alone.
   *
   * @throws dev.sluice.support.problem.ProblemException 400 naming every field at fault
   */
  public static void checkDraft(
      @Nullable String project, @Nullable String dataset, @Nullable String version) {
    List<FieldError> errors = new ArrayList<>();
    checkDraft(errors, project, dataset, version);
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors).exception();
    }
  }

  private static void checkDraft(
      List<FieldError> errors,
      @Nullable String project,
      @Nullable String dataset,
      @Nullable String version) {
    check(errors, "project", project, LABEL, "a DNS label of 3 to 40 characters");
    check(errors, "dataset", dataset, LABEL, "a DNS label of 3 to 40 characters");
    check(errors, "version", version, VERSION, "v and a number, for example v1");
  }

  private static void check(
      List<FieldError> errors, String field, @Nullable String value, Pattern form, String allowed) {
    if (value == null || !form.matcher(value).matches()) {
      errors.add(new FieldError(field, value, allowed));
    }
  }

  private static void checkPath(List<FieldError> errors, @Nullable String path) {
    if (path == null) {
      errors.add(new FieldError("path", null, "a path that is not empty"));
    } else {
      FilePath.faultOf(path).ifPresent(f -> errors.add(new FieldError("path", path, f)));
    }
  }

  private static @Nullable String text(@Nullable Long size) {
    return size == null ? null : size.toString();
  }
}
