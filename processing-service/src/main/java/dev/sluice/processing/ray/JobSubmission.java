package dev.sluice.processing.ray;

import java.util.Map;

/**
 * A job to run.
 *
 * @param submissionId our own, the same on every try
 * @param entrypoint shell command
 * @param environment variables of the job; may carry secrets
 * @param metadata shown by Ray's dashboard
 */
public record JobSubmission(
    String submissionId,
    String entrypoint,
    Map<String, String> environment,
    Map<String, String> metadata) {
  public JobSubmission {
    environment = Map.copyOf(environment);
    metadata = Map.copyOf(metadata);
  }

  @Override
  public String toString() {
    return "JobSubmission[" + submissionId + "]";
  }
}
