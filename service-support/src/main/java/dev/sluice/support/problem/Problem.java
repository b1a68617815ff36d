package dev.sluice.support.problem;

import java.util.List;

/**
 * Something a caller can be told: one record for each kind, gathered in the sealed catalogue of its
 * service.
 */
public interface Problem {
  /** Stable code, for example {@code dataset-not-found}; ends the problem's {@code type} URI. */
  String code();

  /** HTTP status. */
  int status();

  /** Short text, the same for every occurrence of the code. */
  String title();

  /** What happened this time, naming the values that matter. */
  String detail();

  /** The fields at fault; empty when no single field is. */
  default List<FieldError> errors() {
    return List.of();
  }

  /** Whether the same request may succeed later without any change. */
  default boolean transientFailure() {
    return false;
  }

  /** This problem as an exception. */
  default ProblemException exception() {
    return new ProblemException(this);
  }
}
