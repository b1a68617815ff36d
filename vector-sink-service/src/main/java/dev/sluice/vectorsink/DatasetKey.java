package dev.sluice.vectorsink;

import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.regex.Pattern;

/** A dataset by its names, both DNS labels of 3 to 40 characters. */
public record DatasetKey(String project, String dataset) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{1,38})[a-z0-9]");

  public DatasetKey {
    requireLabel("project", project);
    requireLabel("dataset", dataset);
  }

  private static void requireLabel(String field, String value) {
    if (value == null || !LABEL.matcher(value).matches()) {
      throw InvalidRequest.of(
              field, value, "3 to 40 lower-case letters, digits and hyphens, as DNS labels have")
          .exception();
    }
  }
}
