package dev.sluice.processing.ray;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Ray says about a job.
 *
 * @param message Ray's own words; empty when it has none
 * @param exitCode of the program, negative for the signal that killed it; null while it is unknown
 */
public record JobReport(Status status, String message, @Nullable Integer exitCode) {
  /** How a message begins that tells of a cluster of the job's own. */
  static final String OWN_CLUSTER_FAILED = "the run's own cluster failed: ";

  private static final int TEMPORARY_FAILURE = 75;
  private static final int SIGNALLED = 128;
  private static final Set<Integer> SIGNALS_FROM_OUTSIDE = Set.of(9, 15);
  private static final Pattern EXIT_CODE = Pattern.compile("exit code (-?\\d+)");
  private static final List<String> CLUSTER_FAULTS =
      List.of(
          OWN_CLUSTER_FAILED,
          "supervisor actor died",
          "supervisor actor failed to start",
          "supervisor actor could not be scheduled",
          "failed to get job supervisor",
          "runtime_env setup failed");

  /** A report whose message says the exit code, if there is one. */
  JobReport(Status status, String message) {
    this(status, message, exitCode(MissingNode.getInstance(), message));
  }

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

  /** Whether the program says that trying again may help: {@code EX_TEMPFAIL}. */
  public boolean isTemporaryFailure() {
    return status == Status.FAILED && exitCode != null && exitCode == TEMPORARY_FAILURE;
  }

  /** Whether the program was killed, by the kernel for memory or with its machine. */
  public boolean isKilled() {
    if (status != Status.FAILED || exitCode == null) {
      return false;
    }
    int signal = exitCode < 0 ? -exitCode : exitCode - SIGNALLED;
    return SIGNALS_FROM_OUTSIDE.contains(signal);
  }

  /** Reads JobDetails; empty when the status is none we know. */
  static Optional<JobReport> read(JsonNode details) {
    String status = details.path("status").asText("");
    String message = details.path("message").asText("");
    for (Status known : Status.values()) {
      if (known.name().equals(status)) {
        return Optional.of(new JobReport(known, message, exitCode(details, message)));
      }
    }
    return Optional.empty();
  }

  private static @Nullable Integer exitCode(JsonNode details, String message) {
    JsonNode told = details.path("driver_exit_code");
    if (told.canConvertToInt()) {
      return told.asInt();
    }
    Matcher found = EXIT_CODE.matcher(message);
    return found.find() ? Integer.valueOf(found.group(1)) : null;
  }
}
