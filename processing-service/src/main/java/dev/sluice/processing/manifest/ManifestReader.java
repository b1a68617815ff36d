package dev.sluice.processing.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.processing.manifest.DataSetManifest.Destination;
import dev.sluice.processing.manifest.DataSetManifest.Image;
import dev.sluice.processing.manifest.DataSetManifest.RayJobConfig;
import dev.sluice.processing.manifest.DataSetManifest.Source;
import dev.sluice.processing.manifest.ManifestFields.Range;
import dev.sluice.processing.manifest.ManifestProblem.InvalidManifest;
import dev.sluice.support.problem.FieldError;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the JSON form of a manifest into typed records, or names every fault it has. */
public final class ManifestReader {
  /** The only {@code apiVersion}. */
  public static final String API_VERSION = "core.oneblock.ai/v1alpha1";

  /** The only {@code kind}. */
  public static final String KIND = "DataSet";

  private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{1,38}[a-z0-9]");
  private static final String LABEL_RULE =
      "3 to 40 characters of a-z, 0-9 and '-', beginning and ending with a letter or digit";
  private static final Pattern ANY = Pattern.compile("(?s).+");
  private static final int LONGEST_COMMAND = 4096;
  private static final Range PARALLELISM = new Range(1, 10_000, 2);
  private static final Range GPU = new Range(0, 1_000, 0);
  private static final Range BATCH_SIZE = new Range(1, 1_000_000, 100);
  private static final Map<DestinationType, String> SCHEMES =
      Map.of(
          DestinationType.S3, "s3",
          DestinationType.LOCAL, "file",
          DestinationType.NFS, "nfs",
          DestinationType.QDRANT, "qdrant");

  private ManifestReader() {}

  /**
   * The typed manifest.
   *
   * @throws dev.sluice.support.problem.ProblemException {@code invalid-manifest} with all faults
   */
  public static DataSetManifest read(JsonNode json) {
    if (!json.isObject()) {
      throw InvalidManifest.of("manifest", json.getNodeType().toString(), "a DataSet object")
          .exception();
    }
    List<FieldError> errors = new ArrayList<>();
    ManifestFields root = new ManifestFields(json, "", errors);
    root.only("apiVersion", "kind", "metadata", "spec");
    root.text("apiVersion", Pattern.compile(Pattern.quote(API_VERSION)), API_VERSION);
    root.text("kind", Pattern.compile(KIND), KIND);
    DataSetManifest manifest = body(json, root.object("metadata"), root.object("spec"));
    if (!errors.isEmpty()) {
      throw new InvalidManifest(errors).exception();
    }
    return manifest;
  }

  private static DataSetManifest body(JsonNode json, ManifestFields meta, ManifestFields spec) {
    meta.only("name", "namespace", "labels", "annotations");
    spec.only(
        "source",
        "destination",
        "entrypoint",
        "image",
        "operators",
        "rayJobConfig",
        "rayClusterConfig");
    cluster(spec);
    return new DataSetManifest(
        meta.text("name", LABEL, LABEL_RULE),
        meta.text("namespace", LABEL, LABEL_RULE),
        source(spec.object("source")),
        destination(spec.object("destination")),
        entrypoint(spec),
        image(spec.optionalObject("image")),
        rayJobConfig(spec.optionalObject("rayJobConfig")),
        operators(spec),
        json);
  }

  private static void cluster(ManifestFields spec) {
    JsonNode cluster = spec.raw("rayClusterConfig");
    if (!cluster.isMissingNode() && !cluster.isNull() && !cluster.isObject()) {
      spec.error("rayClusterConfig", cluster.toString(), "empty, or an object");
    }
  }

  private static Source source(ManifestFields source) {
    source.only("type", "url");
    SourceType type = source.choice("type", SourceType.class, null);
    String text = source.text("url", ANY, SourceUrl.ALLOWED);
    SourceUrl url = SourceUrl.parse(text).orElse(null);
    if (url == null) {
      if (!text.isEmpty()) {
        source.error("url", text, SourceUrl.ALLOWED);
      }
      url = new SourceUrl.Outside(URI.create("unknown:source"));
    }
    return new Source(type, url);
  }

  private static Destination destination(ManifestFields destination) {
    destination.only("type", "format", "url");
    DestinationType type = destination.choice("type", DestinationType.class, null);
    Format format = destination.choice("format", Format.class, Format.PARQUET);
    String url = destination.optionalText("url");
    String scheme = SCHEMES.get(type) + "://";
    if (url != null && (!url.startsWith(scheme) || url.length() == scheme.length())) {
      destination.error("url", url, "for type " + type.text() + ": " + scheme + "…");
    }
    return new Destination(type, format, url);
  }

  private static @Nullable String entrypoint(ManifestFields spec) {
    String command = spec.optionalText("entrypoint");
    if (command != null && (command.length() > LONGEST_COMMAND || command.indexOf('\0') >= 0)) {
      spec.error("entrypoint", command, "a command of at most " + LONGEST_COMMAND + " characters");
    }
    return command;
  }

  private static @Nullable Image image(@Nullable ManifestFields image) {
    if (image == null) {
      return null;
    }
    image.only("name", "pullPolicy");
    return new Image(
        image.text("name", Pattern.compile("\\S{1,255}"), "an image reference without spaces"),
        image.choice("pullPolicy", PullPolicy.class, PullPolicy.IF_NOT_PRESENT));
  }

  private static RayJobConfig rayJobConfig(@Nullable ManifestFields config) {
    if (config == null) {
      return new RayJobConfig(
          DistributeOps.MAP,
          PARALLELISM.fallback(),
          GPU.fallback(),
          BATCH_SIZE.fallback(),
          Scheduling.DEFAULT);
    }
    config.only("distributeOps", "parallelism", "gpu", "batch_size", "scheduling");
    return new RayJobConfig(
        config.choice("distributeOps", DistributeOps.class, DistributeOps.MAP),
        config.integer("parallelism", PARALLELISM),
        config.integer("gpu", GPU),
        config.integer("batch_size", BATCH_SIZE),
        config.choice("scheduling", Scheduling.class, Scheduling.DEFAULT));
  }

  private static List<JsonNode> operators(ManifestFields spec) {
    JsonNode list = spec.raw("operators");
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    if (!list.isArray()) {
      spec.error("operators", list.toString(), "a list of objects");
      return List.of();
    }
    List<JsonNode> operators = new ArrayList<>();
    for (JsonNode operator : list) {
      if (!operator.isObject()) {
        spec.error("operators[" + operators.size() + "]", operator.toString(), "an object");
      }
      operators.add(operator);
    }
    return operators;
  }
}
