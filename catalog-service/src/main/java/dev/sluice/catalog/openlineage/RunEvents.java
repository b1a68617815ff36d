package dev.sluice.catalog.openlineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.catalog.lineage.Lineage;
import dev.sluice.catalog.lineage.Lineage.CollectionNode;
import dev.sluice.catalog.lineage.Lineage.Edge;
import dev.sluice.catalog.lineage.Lineage.ImportNode;
import dev.sluice.catalog.lineage.Lineage.Node;
import dev.sluice.catalog.lineage.Lineage.RunNode;
import dev.sluice.catalog.lineage.Lineage.SourceNode;
import dev.sluice.catalog.lineage.Lineage.UploadNode;
import dev.sluice.catalog.lineage.Lineage.VersionNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Run events of OpenLineage 2-0-2. What makes a version is a run of a job: the run or the import of
 * that id, or else the upload, whose run has an id made of the version's name.
 */
final class RunEvents {
  private static final String SCHEMA =
      "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String project;
  private final String namespace;
  private final Facets facets;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<String, List<Edge>> into = new HashMap<>();

  RunEvents(String project, String namespace, String producer, Lineage lineage) {
    this.project = project;
    this.namespace = namespace;
    this.facets = new Facets(producer);
    lineage.nodes().forEach(node -> nodes.put(node.id(), node));
    lineage
        .edges()
        .forEach(edge -> into.computeIfAbsent(edge.to(), to -> new ArrayList<>()).add(edge));
  }

  /** What made each version of the lineage that is sealed. */
  ArrayNode completed() {
    ArrayNode events = JSON.arrayNode();
    nodes.values().stream()
        .filter(VersionNode.class::isInstance)
        .map(VersionNode.class::cast)
        .sorted((a, b) -> a.createdAt().compareTo(b.createdAt()))
        .forEach(
            version -> {
              if (version.sealedAt() != null) {
                events.add(event(version, new Change(RunState.COMPLETE, version.sealedAt(), null)));
              }
            });
    return events;
  }

  /** What makes the version has reached a state. */
  ObjectNode event(VersionNode version, Change told) {
    @Nullable Node maker = maker(version);
    Change change = maker == null ? told.givenUp() : told;
    ObjectNode event = JSON.objectNode();
    event.put("eventType", change.state().name());
    @Nullable Instant sealedAt = change.state() == RunState.COMPLETE ? version.sealedAt() : null;
    event.put("eventTime", Objects.requireNonNullElse(sealedAt, change.at()).toString());
    event.put("producer", facets.producer());
    event.put("schemaURL", SCHEMA);
    event.set("run", run(version, maker, change));
    event.set("job", job(version, maker));
    event.set("inputs", inputs(version, maker));
    event.set("outputs", JSON.arrayNode().add(output(version, maker, change.state())));
    return event;
  }

  /** The run or the import; null for what people uploaded, of whom there may be several. */
  private @Nullable Node maker(VersionNode version) {
    return into.getOrDefault(version.id(), List.of()).stream()
        .map(edge -> nodes.get(edge.from()))
        .filter(node -> node instanceof RunNode || node instanceof ImportNode)
        .findFirst()
        .orElse(null);
  }

  private ObjectNode run(VersionNode version, @Nullable Node maker, Change change) {
    ObjectNode all = JSON.objectNode();
    if (maker instanceof RunNode run) {
      if (run.rayVersion() != null) {
        all.set("processing_engine", facets.engine("ray", run.rayVersion()));
      }
      all.set("executionParameters", facets.parameters(parameters(run)));
    }
    if (change.state() == RunState.FAIL && change.message() != null) {
      all.set("errorMessage", facets.error(change.message()));
    }
    ObjectNode run = JSON.objectNode();
    run.put("runId", runId(version, maker).toString());
    run.set("facets", all);
    return run;
  }

  private UUID runId(VersionNode version, @Nullable Node maker) {
    return switch (maker) {
      case RunNode run -> run.runId();
      case ImportNode imported -> imported.importId();
      case null, default -> UUID.nameUUIDFromBytes((project + "/" + version.id()).getBytes(UTF_8));
    };
  }

  private static Map<String, @Nullable JsonNode> parameters(RunNode run) {
    Map<String, @Nullable JsonNode> parameters = new HashMap<>();
    parameters.put("image", text(run.image()));
    parameters.put("entrypointDigest", text(run.entrypointDigest()));
    parameters.put("submissionId", text(run.submissionId()));
    parameters.put("requestedBy", text(run.requestedBy()));
    parameters.put("operators", run.operators());
    if (run.parameters() != null) {
      run.parameters().properties().forEach(p -> parameters.put(p.getKey(), p.getValue()));
    }
    return parameters;
  }

  private static @Nullable JsonNode text(@Nullable String value) {
    return value == null ? null : JSON.textNode(value);
  }

  private ObjectNode job(VersionNode version, @Nullable Node maker) {
    ObjectNode all = JSON.objectNode();
    String kind = kindOf(maker);
    all.set("jobType", facets.jobType(kind.toUpperCase(Locale.ROOT)));
    if (maker instanceof RunNode run && run.entrypoint() != null) {
      all.set("sourceCode", facets.sourceCode(run.entrypoint()));
    }
    ObjectNode job = JSON.objectNode();
    job.put("namespace", namespace);
    job.put("name", project + "." + version.dataset() + "." + kind);
    job.set("facets", all);
    return job;
  }

  private static String kindOf(@Nullable Node maker) {
    return switch (maker) {
      case RunNode run -> "run";
      case ImportNode imported -> "import";
      case null, default -> "upload";
    };
  }

  private ArrayNode inputs(VersionNode version, @Nullable Node maker) {
    ArrayNode inputs = JSON.arrayNode();
    List<Edge> edges = new ArrayList<>(into.getOrDefault(version.id(), List.of()));
    if (maker != null) {
      edges.addAll(into.getOrDefault(maker.id(), List.of()));
    }
    for (Edge edge : edges) {
      switch (nodes.get(edge.from())) {
        case VersionNode from -> inputs.add(input(from));
        case SourceNode from -> inputs.add(source(from));
        case RunNode node -> {}
        case ImportNode node -> {}
        case UploadNode node -> {}
        case CollectionNode node -> {}
        case null -> {}
      }
    }
    return inputs;
  }

  private ObjectNode input(VersionNode from) {
    ObjectNode input = dataset(from);
    ObjectNode statistics = JSON.objectNode();
    statistics.set("inputStatistics", facets.inputStatistics(from.files(), from.bytes()));
    input.set("inputFacets", statistics);
    return input;
  }

  private ObjectNode source(SourceNode from) {
    Place place = Place.of(from.url());
    ObjectNode all = JSON.objectNode();
    all.set("dataSource", facets.dataSource(place.namespace(), from.url()));
    if (from.tag() != null) {
      all.set("version", facets.version(from.tag()));
    }
    return JSON.objectNode()
        .put("namespace", place.namespace())
        .put("name", place.name())
        .set("facets", all);
  }

  private ObjectNode output(VersionNode version, @Nullable Node maker, RunState state) {
    ObjectNode output = dataset(version);
    if (state == RunState.COMPLETE) {
      if (maker instanceof RunNode run && run.columns() != null) {
        output.withObjectProperty("facets").set("schema", facets.schema(run.columns()));
      }
      @Nullable Long rows = maker instanceof RunNode run ? run.rows() : null;
      ObjectNode statistics = JSON.objectNode();
      statistics.set(
          "outputStatistics", facets.outputStatistics(version.files(), version.bytes(), rows));
      output.set("outputFacets", statistics);
    }
    return output;
  }

  private ObjectNode dataset(VersionNode version) {
    String name = project + "/" + version.dataset();
    ObjectNode all = JSON.objectNode();
    all.set("version", facets.version(version.version()));
    all.set("dataSource", facets.dataSource(namespace, "urn:sluice:" + name));
    all.set("documentation", facets.documentation(about(version)));
    ObjectNode dataset = JSON.objectNode();
    dataset.put("namespace", namespace);
    dataset.put("name", name);
    dataset.set("facets", all);
    return dataset;
  }

  private static String about(VersionNode version) {
    String digest = version.digest() == null ? "" : " with digest " + version.digest();
    return "Version %s of dataset %s, %s%s"
        .formatted(version.version(), version.dataset(), version.state(), digest);
  }

  /**
   * What happened to a run.
   *
   * @param message why it ended without output
   */
  record Change(RunState state, Instant at, @Nullable String message) {
    /** What people upload does not fail: they give it up. */
    Change givenUp() {
      return state == RunState.FAIL ? new Change(RunState.ABORT, at, message) : this;
    }
  }
}
