package dev.sluice.catalog.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.events.ImportEvent.Origin;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a version came to be and where it went: from its sources to its collections. */
record Lineage(List<Node> nodes, List<Edge> edges) {
  Lineage {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  static String versionId(String dataset, String version) {
    return "version:" + dataset + "@" + version;
  }

  static String runId(UUID run) {
    return "run:" + run;
  }

  static String importId(UUID id) {
    return "import:" + id;
  }

  static String collectionId(String collection) {
    return "collection:" + collection;
  }

  /** What an edge begins or ends at. */
  @Schema(
      name = "LineageNode",
      oneOf = {VersionNode.class, RunNode.class, ImportNode.class, CollectionNode.class})
  sealed interface Node {
    @JsonProperty
    String id();

    /** {@code version}, {@code run}, {@code import} or {@code collection}. */
    @JsonProperty
    String kind();
  }

  /** A version; its state is {@code deleted} when it is in the trash. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VersionNode(String dataset, String version, String state, @Nullable String digest)
      implements Node {
    @Override
    public String id() {
      return versionId(dataset, version);
    }

    @Override
    public String kind() {
      return "version";
    }
  }

  /** A run and what ran in it, as far as that is known. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RunNode(
      UUID runId,
      String requestedBy,
      @Nullable Integer attempt,
      @Nullable String image,
      @Nullable String entrypoint,
      @Nullable String submissionId,
      @Nullable Long rows)
      implements Node {
    static RunNode of(RunOutput run) {
      return new RunNode(
          run.runId(),
          run.requestedBy(),
          run.attempt(),
          run.image(),
          run.entrypoint(),
          run.submissionId(),
          run.rows());
    }

    @Override
    public String id() {
      return Lineage.runId(runId);
    }

    @Override
    public String kind() {
      return "run";
    }
  }

  /**
   * An import and where its files came from.
   *
   * @param sources known once the import completed
   */
  record ImportNode(UUID importId, String requestedBy, List<Origin> sources) implements Node {
    public ImportNode {
      sources = List.copyOf(sources);
    }

    @Override
    public String id() {
      return Lineage.importId(importId);
    }

    @Override
    public String kind() {
      return "import";
    }
  }

  /** A collection that holds vectors of a version. */
  record CollectionNode(String collection, long points, String recipeDigest) implements Node {
    @Override
    public String id() {
      return collectionId(collection);
    }

    @Override
    public String kind() {
      return "collection";
    }
  }

  /**
   * {@code from} went into {@code to}.
   *
   * @param kind {@code input}, {@code output}, {@code inherited} or {@code indexed}
   */
  @Schema(name = "LineageEdge")
  record Edge(String from, String to, String kind) {}
}
