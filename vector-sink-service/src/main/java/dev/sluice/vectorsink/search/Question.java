package dev.sluice.vectorsink.search;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.FieldError;
import dev.sluice.vectorsink.DatasetKey;
import dev.sluice.vectorsink.VersionLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A valid question.
 *
 * @param version empty for the newest indexed one
 */
record Question(DatasetKey key, Optional<VersionLabel> version, String text, int limit) {
  private static final int DEFAULT_LIMIT = 10;
  private static final int MOST = 100;
  private static final int LONGEST = 10_000;
  private static final String LATEST = "latest";

  /** Checks everything and names all fields that are wrong. */
  static Question of(SearchRequest request) {
    List<FieldError> errors = new ArrayList<>();
    String project = required("project", request.project(), errors);
    String dataset = required("dataset", request.dataset(), errors);
    String text = required("query", request.query(), errors);
    int limit = request.limit() == null ? DEFAULT_LIMIT : request.limit();
    if (limit < 1 || limit > MOST) {
      errors.add(new FieldError("limit", String.valueOf(limit), "1 to " + MOST));
    }
    if (text.length() > LONGEST) {
      errors.add(new FieldError("query", text, "at most " + LONGEST + " characters"));
    }
    if (!errors.isEmpty()) {
      throw new InvalidRequest(errors).exception();
    }
    return new Question(new DatasetKey(project, dataset), version(request.version()), text, limit);
  }

  private static Optional<VersionLabel> version(@Nullable String text) {
    return text == null || text.equals(LATEST)
        ? Optional.empty()
        : Optional.of(VersionLabel.of(text));
  }

  private static String required(String field, @Nullable String value, List<FieldError> errors) {
    if (value == null || value.isBlank()) {
      errors.add(new FieldError(field, value, "required, not blank"));
      return "";
    }
    return value;
  }

  /** The version as the caller asked for it. */
  String versionText() {
    return version.map(VersionLabel::toString).orElse(LATEST);
  }
}
