package dev.sluice.client;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The service refused a call and said why, as problem+json (RFC 9457). */
public final class SluiceProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final int status;

  /** Wraps what the service said. */
  public SluiceProblemException(Problem problem) {
    super(message(problem));
    this.problem = problem;
    this.status = problem.status();
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The stable code, for example {@code files-pending}. */
  public String code() {
    return problem.code();
  }

  /** One sentence for people. */
  public String detail() {
    return problem.detail();
  }

  /** The offending fields, empty when no field is to blame. */
  public List<FieldError> errors() {
    return problem.errors();
  }

  /** The value of the first offending field of that name, as the service repeats it. */
  public Optional<String> valueOf(String field) {
    return errors().stream()
        .filter(error -> error.field().equals(field))
        .flatMap(error -> Optional.ofNullable(error.value()).stream())
        .findFirst();
  }

  /** Everything the service said. */
  public Problem problem() {
    return problem;
  }

  /** Whether the service used the given code. */
  public boolean is(String code) {
    return problem.code().equals(code);
  }

  private static String message(Problem problem) {
    String fields =
        problem.errors().stream().map(FieldError::sentence).collect(Collectors.joining("; "));
    return fields.isEmpty() ? problem.detail() : problem.detail() + " (" + fields + ")";
  }
}
