package dev.sluice.support.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of {@code application/problem+json} (RFC 9457) with our extension members. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemBody(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    String code,
    List<FieldError> errors,
    @Nullable String traceId) {

  private static final String TYPES = "https://sluice.dev/problems/";

  static ProblemBody of(Problem problem, @Nullable String instance, @Nullable String traceId) {
    return new ProblemBody(
        TYPES + problem.code(),
        problem.title(),
        problem.status(),
        problem.detail(),
        instance,
        problem.code(),
        problem.errors(),
        traceId);
  }
}
