package dev.sluice.processing.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code DataSet}: what to read, what to run over it, where the result goes.
 *
 * @param name of the output dataset
 * @param project {@code metadata.namespace}
 * @param entrypoint shell command for Ray; null runs Sluice's own program
 * @param image null when the manifest names none
 * @param operators steps of Sluice's own program, passed on as they stand
 * @param json the manifest as it came, as JSON
 */
public record DataSetManifest(
    String name,
    String project,
    Source source,
    Destination destination,
    @Nullable String entrypoint,
    @Nullable Image image,
    RayJobConfig rayJobConfig,
    List<JsonNode> operators,
    JsonNode json) {
  /** What runs when the manifest has no entrypoint. */
  public static final String BUILT_IN_PROGRAM = "python -m sluice.runner";

  public DataSetManifest {
    operators = List.copyOf(operators);
  }

  /** The shell command for Ray. */
  public String command() {
    return entrypoint == null ? BUILT_IN_PROGRAM : entrypoint;
  }

  /** What to read. */
  public record Source(SourceType type, SourceUrl url) {}

  /**
   * Where the output goes.
   *
   * @param url null leaves it in the output version alone
   */
  public record Destination(DestinationType type, Format format, @Nullable String url) {}

  /** The image a program asks for. */
  public record Image(String name, PullPolicy pullPolicy) {}

  /**
   * How Ray Data distributes the work.
   *
   * @param parallelism blocks worked on at a time, at least 1
   * @param gpu GPUs for each worker, 0 or more
   * @param batchSize rows a batch, at least 1
   */
  public record RayJobConfig(
      DistributeOps distributeOps, int parallelism, int gpu, int batchSize, Scheduling scheduling) {
    public RayJobConfig {
      if (parallelism < 1 || gpu < 0 || batchSize < 1) {
        throw new IllegalArgumentException(
            "parallelism %d, gpu %d, batch_size %d".formatted(parallelism, gpu, batchSize));
      }
    }
  }
}
