package dev.sluice.local;

import java.util.Map;
import java.util.Optional;

/**
 * A team's own servers, which replace parts of the local stack.
 *
 * @param variables the caller's environment
 */
public record External(Map<String, String> variables) {
  /** Copies the variables. */
  public External {
    variables = Map.copyOf(variables);
  }

  /** Those named in the environment of this process. */
  public static External ofProcess() {
    return new External(System.getenv());
  }

  /** Bootstrap servers, {@code SLUICE_KAFKA}. */
  public Optional<String> kafka() {
    return named("SLUICE_KAFKA");
  }

  /** {@code postgresql://user:password@host:port/name}, {@code SLUICE_DATABASE}. */
  public Optional<String> database() {
    return named("SLUICE_DATABASE");
  }

  /** Endpoint of an S3 store, {@code SLUICE_S3}. */
  public Optional<String> s3() {
    return named("SLUICE_S3");
  }

  /** Job API of a Ray cluster, {@code SLUICE_RAY}. */
  public Optional<String> ray() {
    return named("SLUICE_RAY");
  }

  /** gRPC address of a Qdrant, {@code SLUICE_QDRANT}. */
  public Optional<String> qdrant() {
    return named("SLUICE_QDRANT");
  }

  /** OpenID issuer, {@code SLUICE_OIDC_ISSUER}. */
  public Optional<String> issuer() {
    return named("SLUICE_OIDC_ISSUER");
  }

  /** A variable that goes with one of the servers, empty when it is not set. */
  public String companion(String variable) {
    return named(variable).orElse("");
  }

  private Optional<String> named(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(text -> !text.isBlank());
  }
}
