package dev.sluice.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The request that starts a run, from anyone, and what processing-service says about runs. */
public sealed interface ProcessingEvent extends SluiceEvent {

  /** Facts about an accepted run; keyed by the output dataset's id. */
  sealed interface OfRun extends ProcessingEvent {
    UUID runId();

    /** The output dataset; absent when the run ended before its output was reserved. */
    @Nullable UUID datasetId();

    /** Name of the dataset the run's output goes to. */
    String dataset();

    /** The output version; absent when the run ended before its output was reserved. */
    @Nullable String version();

    @Override
    default String key() {
      UUID dataset = datasetId();
      return (dataset == null ? runId() : dataset).toString();
    }

    @Override
    default String subject() {
      return "datasets/" + dataset() + "/versions/" + version();
    }
  }

  /**
   * Somebody wants a run. The CloudEvents id is the run's id, so that saying it twice starts it
   * once.
   *
   * @param manifest a {@code DataSet} of {@code core.oneblock.ai/v1alpha1}, as JSON
   * @param requestedBy the principal; must be an editor of the project
   */
  record ProcessingRequested(
      String project, JsonNode manifest, String requestedBy, Instant occurredAt)
      implements ProcessingEvent {
    public ProcessingRequested {
      Fields.required("project", project);
      Fields.required("manifest", manifest);
      Fields.required("requestedBy", requestedBy);
    }

    @Override
    public String key() {
      return project;
    }

    @Override
    public String subject() {
      return "projects/" + project;
    }
  }

  /** An attempt of a run was handed to Ray. */
  record ProcessingStarted(
      String project,
      UUID runId,
      int attempt,
      UUID datasetId,
      String dataset,
      String version,
      String submissionId,
      Instant occurredAt)
      implements OfRun {
    public ProcessingStarted {
      Fields.required("project", project);
      Fields.required("runId", runId);
      Fields.required("datasetId", datasetId);
      Fields.required("submissionId", submissionId);
    }
  }

  /**
   * Exactly one attempt of the run won; its output lies in the object store.
   *
   * @param outputManifestKey object that lists the output files
   * @param outputManifestSha256 64 hex digits over that object
   * @param rows rows written, over all files
   */
  record ProcessingCompleted(
      String project,
      UUID runId,
      int attempt,
      UUID datasetId,
      String dataset,
      String version,
      List<VersionRef> inputs,
      String outputManifestKey,
      String outputManifestSha256,
      long files,
      long bytes,
      long rows,
      Program program,
      String requestedBy,
      Instant occurredAt)
      implements OfRun {
    public ProcessingCompleted {
      Fields.required("project", project);
      Fields.required("runId", runId);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("version", version);
      Fields.required("outputManifestKey", outputManifestKey);
      Fields.required("outputManifestSha256", outputManifestSha256);
      Fields.notNegative("files", files);
      Fields.notNegative("bytes", bytes);
      Fields.notNegative("rows", rows);
      inputs = inputs == null ? List.of() : List.copyOf(inputs);
    }
  }

  /**
   * The run took the output of an earlier one: the same files were processed by the same recipe.
   * Nothing was computed, no version was made.
   *
   * @param reusedFrom the earlier run
   * @param version the earlier run's, which is this run's output too
   */
  record ProcessingReused(
      String project,
      UUID runId,
      UUID reusedFrom,
      UUID datasetId,
      String dataset,
      String version,
      List<VersionRef> inputs,
      long rows,
      String requestedBy,
      Instant occurredAt)
      implements OfRun {
    public ProcessingReused {
      Fields.required("project", project);
      Fields.required("runId", runId);
      Fields.required("reusedFrom", reusedFrom);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("version", version);
      Fields.notNegative("rows", rows);
      inputs = inputs == null ? List.of() : List.copyOf(inputs);
    }
  }

  /**
   * A run ended without output.
   *
   * @param reason short code, for example {@code entrypoint-failed}
   * @param message one sentence for a person
   * @param logTail the last lines the program printed, at most 4 KiB
   */
  record ProcessingFailed(
      String project,
      UUID runId,
      int attempt,
      @Nullable UUID datasetId,
      String dataset,
      @Nullable String version,
      String reason,
      String message,
      @Nullable String logTail,
      Instant occurredAt)
      implements OfRun {
    public ProcessingFailed {
      Fields.required("project", project);
      Fields.required("runId", runId);
      Fields.required("reason", reason);
    }
  }

  /** A person stopped a run. */
  record ProcessingCancelled(
      String project,
      UUID runId,
      @Nullable UUID datasetId,
      String dataset,
      @Nullable String version,
      String cancelledBy,
      Instant occurredAt)
      implements OfRun {
    public ProcessingCancelled {
      Fields.required("project", project);
      Fields.required("runId", runId);
    }
  }

  /**
   * The version of a run is at one of its other destinations, all of it.
   *
   * @param destination {@code s3}, {@code nfs}, {@code local} or {@code qdrant}
   * @param files brought there; of an index its points
   */
  record DeliveryCompleted(
      String project,
      UUID runId,
      UUID deliveryId,
      UUID datasetId,
      String dataset,
      String version,
      String destination,
      String url,
      long files,
      long bytes,
      Instant occurredAt)
      implements OfRun {
    public DeliveryCompleted {
      Fields.required("project", project);
      Fields.required("runId", runId);
      Fields.required("deliveryId", deliveryId);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("version", version);
      Fields.required("url", url);
      Fields.notNegative("files", files);
      Fields.notNegative("bytes", bytes);
    }
  }

  /**
   * The version of a run did not get to one of its other destinations; the version itself stands.
   *
   * @param reason short code, for example {@code place-full}
   * @param message one sentence for a person
   */
  record DeliveryFailed(
      String project,
      UUID runId,
      UUID deliveryId,
      UUID datasetId,
      String dataset,
      String version,
      String destination,
      String url,
      String reason,
      String message,
      Instant occurredAt)
      implements OfRun {
    public DeliveryFailed {
      Fields.required("project", project);
      Fields.required("runId", runId);
      Fields.required("deliveryId", deliveryId);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("version", version);
      Fields.required("url", url);
      Fields.required("reason", reason);
    }
  }

  /**
   * What ran: recorded as lineage.
   *
   * @param entrypointDigest {@code sha256:} and 64 hex digits over the entrypoint
   * @param operators of Sluice's own program, as the manifest says them
   * @param parameters how the work was distributed, as the manifest says it
   */
  record Program(
      @Nullable String image,
      @Nullable String pullPolicy,
      String entrypoint,
      String submissionId,
      @Nullable String entrypointDigest,
      @Nullable List<JsonNode> operators,
      @Nullable JsonNode parameters) {
    public Program {
      Fields.required("entrypoint", entrypoint);
      operators = operators == null ? null : List.copyOf(operators);
    }
  }
}
