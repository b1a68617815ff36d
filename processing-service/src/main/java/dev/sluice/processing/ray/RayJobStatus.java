package dev.sluice.processing.ray;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.processing.ray.JobReport.Status;
import java.util.Set;

/** What KubeRay says about a {@code RayJob}, as Ray would say it. */
final class RayJobStatus {
  private static final Set<String> THE_JOBS_OWN = Set.of("AppFailed", "DeadlineExceeded", "");

  private RayJobStatus() {}

  /** The report of a job; one that is being deleted is at work until it is gone. */
  static JobReport read(JsonNode rayJob) {
    JsonNode status = rayJob.path("status");
    if (rayJob.path("metadata").hasNonNull("deletionTimestamp")) {
      return new JobReport(Status.RUNNING, "being removed");
    }
    String message = status.path("message").asText("");
    return switch (status.path("jobDeploymentStatus").asText("")) {
      case "Complete" -> new JobReport(ended(status), message);
      case "Failed" -> failed(status, message);
      case "ValidationFailed" -> new JobReport(Status.FAILED, "KubeRay refuses it: " + message);
      default -> new JobReport(atWork(status), message);
    };
  }

  private static Status ended(JsonNode status) {
    return switch (status.path("jobStatus").asText("")) {
      case "STOPPED" -> Status.STOPPED;
      case "FAILED" -> Status.FAILED;
      default -> Status.SUCCEEDED;
    };
  }

  private static JobReport failed(JsonNode status, String message) {
    String reason = status.path("reason").asText("");
    boolean own = THE_JOBS_OWN.contains(reason);
    String why = own ? message : JobReport.OWN_CLUSTER_FAILED + reason + ": " + message;
    return new JobReport(Status.FAILED, why);
  }

  private static Status atWork(JsonNode status) {
    return switch (status.path("jobStatus").asText("")) {
      case "RUNNING" -> Status.RUNNING;
      case "SUCCEEDED" -> Status.SUCCEEDED;
      default -> Status.PENDING;
    };
  }
}
