package dev.sluice.catalog.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of a dataset are kept: those that either of the two numbers keeps.
 *
 * @param keepLast so many of the newest
 * @param keepDays those sealed in the last so many days
 * @param keepReleased whether released ones stay whatever the numbers say; true when absent
 */
@Schema(name = "RetentionRule")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RetentionRule(
    @Nullable Integer keepLast, @Nullable Integer keepDays, @Nullable Boolean keepReleased) {
  private static final int MOST = 100_000;

  RetentionRule checked() {
    if (keepLast == null && keepDays == null) {
      throw InvalidRequest.of("keepLast", "null", "a number here, in keepDays or in both")
          .exception();
    }
    check("keepLast", keepLast);
    check("keepDays", keepDays);
    return new RetentionRule(keepLast, keepDays, keepsReleased());
  }

  boolean keepsReleased() {
    return Objects.requireNonNullElse(keepReleased, true);
  }

  private static void check(String field, @Nullable Integer number) {
    if (number != null && (number < 1 || number > MOST)) {
      throw InvalidRequest.of(field, number, "1 to " + MOST).exception();
    }
  }
}
