package dev.sluice.processing.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code DataSet}: what to read, what to run over it, where the result goes.
 *
 * @param name of the manifest; the output dataset is called so unless a destination names another
 * @param project {@code metadata.namespace}
 * @param destinations at least one
 * @param entrypoint shell command for Ray; null runs Sluice's own program
 * @param workingDir a version's files, or a folder of them, that travel with the entrypoint
 * @param image null when the manifest names none
 * @param operators steps of Sluice's own program
 * @param cluster a cluster for this run alone; null takes the shared one
 * @param json the manifest as it came, as JSON
 */
public record DataSetManifest(
    String name,
    String project,
    Source source,
    List<Destination> destinations,
    @Nullable String entrypoint,
    @Nullable InCatalog workingDir,
    @Nullable Image image,
    List<Operator> operators,
    RayJobConfig rayJobConfig,
    @Nullable RayCluster cluster,
    Execution execution,
    JsonNode json) {
  /** What runs when the manifest has no entrypoint. */
  public static final String BUILT_IN_PROGRAM = "python -m sluice.runner";

  public DataSetManifest {
    destinations = List.copyOf(destinations);
    operators = List.copyOf(operators);
  }

  /** The shell command for Ray. */
  public String command() {
    return entrypoint == null ? BUILT_IN_PROGRAM : entrypoint;
  }

  /** The one format of the output's files. */
  public Format format() {
    return destinations.stream()
        .map(Destination::format)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(Format.PARQUET);
  }

  /** The dataset that gets the output version. */
  public String outputDataset() {
    return destinations.stream()
        .filter(d -> d.type() == DestinationType.DATASET && d.url() != null)
        .map(d -> String.valueOf(d.url()))
        .map(url -> url.substring(url.lastIndexOf('/') + 1))
        .findFirst()
        .orElse(name);
  }

  /**
   * The dataset that is read: the one the source names, or the one that an outside source is
   * imported to.
   */
  public String inputDataset() {
    return switch (source.url()) {
      case InCatalog input -> input.dataset();
      case SourceUrl.Outside outside -> SourceDataset.nameFor(name);
    };
  }

  /** The version that is read; {@code latest} as long as that is not known. */
  public String inputVersion() {
    return switch (source.url()) {
      case InCatalog input -> input.version();
      case SourceUrl.Outside outside -> "latest";
    };
  }

  /** The field that holds a destination, for messages. */
  public String fieldOf(Destination destination) {
    return json.path("spec").has("destinations")
        ? "spec.destinations[" + destinations.indexOf(destination) + "]"
        : "spec.destination";
  }

  /**
   * What to read.
   *
   * @param keyColumn column of a table whose value makes the record key
   * @param secretRef name of the secret for an outside source that asks for one
   */
  public record Source(
      SourceType type, SourceUrl url, @Nullable String keyColumn, @Nullable String secretRef) {}

  /**
   * Where the output goes.
   *
   * @param format null where the manifest names none
   * @param url null leaves it in the output version alone
   * @param secretRef name of the secret for a place that asks for one
   */
  public record Destination(
      DestinationType type,
      @Nullable Format format,
      @Nullable String url,
      @Nullable String secretRef) {}

  /** The image a program asks for. */
  public record Image(String name, PullPolicy pullPolicy) {
    /** An image that an administrator names. */
    public static Image ofCluster(String name) {
      return new Image(name, PullPolicy.IF_NOT_PRESENT);
    }
  }

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
