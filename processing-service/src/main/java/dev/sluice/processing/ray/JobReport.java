package dev.sluice.processing.ray;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What Ray says about a job.
 *
 * @param message Ray's own words; empty when it has none
 */
public record JobReport(Status status, String message) {
  /** How a message begins that tells of a cluster of the job's own. */
  static final String OWN_CLUSTER_FAILED = "the run's own cluster failed: ";

  private static final List<String> CLUSTER_FAULTS =
      List.of(
          OWN_CLUSTER_FAILED,
          "supervisor actor died",
          "supervisor actor failed to start",
          "supervisor actor could not be scheduled",
          "failed to get job supervisor",
          "runtime_env setup failed");

  /** Ray's job states. */
  public enum Status {
    PENDING,
    RUNNING,
    STOPPED,
    SUCCEEDED,
    FAILED
  }

  /** Whether the cluster lost the job, rather than the program failing. */
  public boolean isClusterFault() {
    return status == Status.FAILED
        && CLUSTER_FAULTS.stream().anyMatch(fault -> message.contains(fault));
  }

  /** Reads JobDetails; empty when the status is none we know. */
  static Optional<JobReport> read(JsonNode details) {
    String status = details.path("status").asText("");
    String message = details.path("message").asText("");
    for (Status known : Status.values()) {
      if (known.name().equals(status)) {
        return Optional.of(new JobReport(known, message));
      }
    }
    return Optional.empty();
  }
}
