package dev.sluice.processing.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.processing.manifest.DataSetManifest.Image;
import dev.sluice.processing.manifest.DataSetManifest.RayJobConfig;
import dev.sluice.processing.manifest.DataSetManifest.Source;
import dev.sluice.processing.manifest.Execution.Retry;
import dev.sluice.processing.manifest.ManifestFields.Range;
import dev.sluice.processing.manifest.ManifestProblem.InvalidManifest;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.support.problem.FieldError;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the JSON form of a manifest into typed records, or names every fault it has. */
public final class ManifestReader {
  /** The only {@code apiVersion}. */
  public static final String API_VERSION = "core.oneblock.ai/v1alpha1";

  /** The only {@code kind}. */
  public static final String KIND = "DataSet";

  /** A run may not be given more time. */
  public static final Duration LONGEST_DEADLINE = Duration.ofDays(7);

  private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{1,38}[a-z0-9]");
  private static final String LABEL_RULE =
      "3 to 40 characters of a-z, 0-9 and '-', beginning and ending with a letter or digit";
  private static final Pattern ANY = Pattern.compile("(?s).+");
  private static final Pattern COLUMN = Pattern.compile("[^\\p{Cntrl}]{1,255}");
  private static final Pattern OPERATOR = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");
  private static final String FOLDER_OF_A_VERSION =
      "sluice://<project>/<dataset>@<v1|latest>[/<folder>]";
  private static final int LONGEST_COMMAND = 4096;
  private static final int MOST_OPERATORS = 100;
  private static final Range PARALLELISM = new Range(1, 10_000, 2);
  private static final Range GPU = new Range(0, 1_000, 0);
  private static final Range BATCH_SIZE = new Range(1, 1_000_000, 100);
  private static final Range ATTEMPTS = new Range(1, 10, 2);
  private static final Range PRIORITY = new Range(0, 9, 5);
  private static final Duration BACKOFF = Duration.ofSeconds(10);

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
    DataSetManifest manifest = read(json, errors);
    if (!errors.isEmpty()) {
      throw new InvalidManifest(errors).exception();
    }
    return manifest;
  }

  /**
   * A manifest that was accepted before, perhaps by an earlier release with other rules: what is a
   * fault by now gets the value of a manifest that is silent.
   */
  public static DataSetManifest stored(JsonNode json) {
    return read(json, new ArrayList<>());
  }

  private static DataSetManifest read(JsonNode json, List<FieldError> errors) {
    ManifestFields root = new ManifestFields(json, "", errors);
    root.only("apiVersion", "kind", "metadata", "spec");
    root.text("apiVersion", Pattern.compile(Pattern.quote(API_VERSION)), API_VERSION);
    root.text("kind", Pattern.compile(KIND), KIND);
    return body(json, root.object("metadata"), root.object("spec"));
  }

  private static DataSetManifest body(JsonNode json, ManifestFields meta, ManifestFields spec) {
    meta.only("name", "namespace", "labels", "annotations");
    spec.only(
        "source",
        "destination",
        "destinations",
        "entrypoint",
        "workingDir",
        "image",
        "operators",
        "rayJobConfig",
        "rayClusterConfig",
        "tolerance",
        "retry",
        "deadline",
        "priority",
        "reuse");
    return new DataSetManifest(
        meta.text("name", LABEL, LABEL_RULE),
        meta.text("namespace", LABEL, LABEL_RULE),
        source(spec.object("source")),
        DestinationReader.read(spec),
        entrypoint(spec),
        workingDir(spec),
        image(spec.optionalObject("image")),
        operators(spec),
        rayJobConfig(spec.optionalObject("rayJobConfig")),
        ClusterReader.read(spec),
        execution(spec),
        json);
  }

  private static Source source(ManifestFields source) {
    source.only("type", "url", "keyColumn", "secretRef");
    SourceType type = source.choice("type", SourceType.class, null);
    String text = source.text("url", ANY, SourceUrl.ALLOWED);
    SourceUrl url = SourceUrl.parse(text).orElse(null);
    if (url == null) {
      if (!text.isEmpty()) {
        source.error("url", text, SourceUrl.ALLOWED);
      }
      url = new SourceUrl.Outside(URI.create("unknown:source"));
    }
    return new Source(
        type,
        url,
        source.optionalText("keyColumn", COLUMN, "the name of a column, at most 255 characters"),
        source.optionalText(
            "secretRef", DestinationReader.secret(), DestinationReader.SECRET_RULE));
  }

  private static @Nullable String entrypoint(ManifestFields spec) {
    String command = spec.optionalText("entrypoint");
    if (command != null && (command.length() > LONGEST_COMMAND || command.indexOf('\0') >= 0)) {
      spec.error("entrypoint", command, "a command of at most " + LONGEST_COMMAND + " characters");
    }
    return command;
  }

  private static @Nullable InCatalog workingDir(ManifestFields spec) {
    String text = spec.optionalText("workingDir");
    if (text == null) {
      return null;
    }
    if (SourceUrl.parse(text).orElse(null) instanceof InCatalog folder && folder.isFolder()) {
      return folder;
    }
    spec.error("workingDir", text, FOLDER_OF_A_VERSION);
    return null;
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

  private static List<Operator> operators(ManifestFields spec) {
    return spec.objects("operators", 0, MOST_OPERATORS).stream()
        .map(ManifestReader::operator)
        .toList();
  }

  private static Operator operator(ManifestFields operator) {
    operator.only("name", "parameters");
    String name = operator.text("name", OPERATOR, "the name of an operator, see /api/v1/operators");
    operator.optionalObject("parameters");
    JsonNode parameters = operator.raw("parameters");
    return new Operator(
        name, parameters.isObject() ? parameters : JsonNodeFactory.instance.objectNode());
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

  private static Execution execution(ManifestFields spec) {
    return new Execution(
        spec.share("tolerance"),
        retry(spec.optionalObject("retry")),
        spec.duration("deadline", Duration.ofSeconds(1), LONGEST_DEADLINE),
        spec.integer("priority", PRIORITY),
        spec.flag("reuse"));
  }

  private static Retry retry(@Nullable ManifestFields retry) {
    if (retry == null) {
      return new Retry(null, BACKOFF);
    }
    retry.only("maxAttempts", "backoff");
    Duration backoff = retry.duration("backoff", Duration.ZERO, Retry.LONGEST_PAUSE);
    return new Retry(
        retry.has("maxAttempts") ? retry.integer("maxAttempts", ATTEMPTS) : null,
        backoff == null ? BACKOFF : backoff);
  }
}
