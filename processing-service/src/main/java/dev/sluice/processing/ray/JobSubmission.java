package dev.sluice.processing.ray;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job to run.
 *
 * @param submissionId our own, the same on every try
 * @param entrypoint shell command
 * @param environment variables of the job; may carry secrets
 * @param metadata shown by Ray's dashboard
 * @param workingDir where the command runs; null for a command that needs no files
 * @param demand where it wants to run
 */
public record JobSubmission(
    String submissionId,
    String entrypoint,
    Map<String, String> environment,
    Map<String, String> metadata,
    @Nullable JobPackage workingDir,
    JobDemand demand) {
  public JobSubmission {
    environment = Map.copyOf(environment);
    metadata = Map.copyOf(metadata);
  }

  @Override
  public String toString() {
    return "JobSubmission[" + submissionId + "]";
  }
}
