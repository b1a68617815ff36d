package dev.sluice.support.problem;

import java.util.List;

/** The problems every service shares. */
public sealed interface CommonProblem extends Problem {

  /** One or more fields of the request are not acceptable. */
  record InvalidRequest(List<FieldError> errors) implements CommonProblem {
    public InvalidRequest {
      errors = List.copyOf(errors);
    }

    /** One field at fault. */
    public static InvalidRequest of(String field, Object value, String allowed) {
      return new InvalidRequest(List.of(new FieldError(field, String.valueOf(value), allowed)));
    }

    @Override
    public String code() {
      return "invalid-request";
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String title() {
      return "The request is not valid";
    }

    @Override
    public String detail() {
      return errors.stream()
          .map(
              e ->
                  e.field()
                      + (e.value() == null ? "" : " '" + e.value() + "'")
                      + ": "
                      + e.allowed())
          .reduce((a, b) -> a + "; " + b)
          .orElse("the body could not be read");
    }
  }

  /** No such project, or the caller is a stranger to it. */
  record ProjectNotFound(String project) implements CommonProblem {
    @Override
    public String code() {
      return "project-not-found";
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "No such project";
    }

    @Override
    public String detail() {
      return "There is no project '" + project + "', or you are not a member of it.";
    }
  }

  /** The caller is a member, but may not do this. */
  record RoleTooLow(String project, String role, String needed) implements CommonProblem {
    @Override
    public String code() {
      return "role-too-low";
    }

    @Override
    public int status() {
      return 403;
    }

    @Override
    public String title() {
      return "Your role does not allow this";
    }

    @Override
    public String detail() {
      return "In project '" + project + "' you are " + role + "; this needs " + needed + ".";
    }
  }

  /** An {@code Idempotency-Key} came again with a different request. */
  record IdempotencyKeyReused(String key) implements CommonProblem {
    @Override
    public String code() {
      return "idempotency-key-reused";
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String title() {
      return "Idempotency-Key was used for another request";
    }

    @Override
    public String detail() {
      return "Idempotency-Key '" + key + "' belongs to a request with another body.";
    }
  }

  /** A part Sluice needs is away; the same request may succeed soon. */
  record PartAway(String part) implements CommonProblem {
    @Override
    public String code() {
      return "part-away";
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String title() {
      return "A part is away";
    }

    @Override
    public String detail() {
      return part + " does not answer at the moment; try again shortly.";
    }

    @Override
    public boolean transientFailure() {
      return true;
    }
  }

  /** Any other answer of the HTTP layer: 401, 404, 405, 406, 415, 500. */
  record Plain(String code, int status, String title, String detail) implements CommonProblem {}
}
