package dev.sluice.catalog.lineage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.ImportEvent.Origin;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a version came to be and where it went: from its sources to its collections.
 *
 * @param cut what was left out; absent when this is all there is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lineage(List<Node> nodes, List<Edge> edges, @Nullable Cut cut) {
  public Lineage {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  public static String versionId(String dataset, String version) {
    return "version:" + dataset + "@" + version;
  }

  static String runId(UUID run) {
    return "run:" + run;
  }

  static String importId(UUID id) {
    return "import:" + id;
  }

  static String sourceId(Origin source) {
    return "source:" + source.url() + (source.tag() == null ? "" : " " + source.tag());
  }

  static String uploadId(String dataset, String version, String by) {
    return "upload:" + dataset + "@" + version + "/" + by;
  }

  static String collectionId(String collection) {
    return "collection:" + collection;
  }

  /** What an edge begins or ends at. */
  @Schema(
      name = "LineageNode",
      oneOf = {
        VersionNode.class,
        RunNode.class,
        ImportNode.class,
        UploadNode.class,
        SourceNode.class,
        CollectionNode.class
      })
  public sealed interface Node {
    @JsonProperty
    String id();

    /** Such as {@code version}, {@code run} or {@code source}. */
    @JsonProperty
    String kind();
  }

  /** A version; its state is {@code deleted} when it is in the trash. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record VersionNode(
      String dataset,
      String version,
      String state,
      @Nullable String digest,
      long files,
      long bytes,
      Instant createdAt,
      @Nullable Instant sealedAt)
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

  /**
   * A run and what ran in it, as far as that is known.
   *
   * @param operators of Sluice's own program, as the manifest said them
   * @param parameters how the work was distributed
   * @param rayVersion what it ran on, as its output says
   * @param columns of the tables it wrote, as its output says; null when it does not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record RunNode(
      UUID runId,
      String requestedBy,
      @Nullable Integer attempt,
      @Nullable String image,
      @Nullable String entrypoint,
      @Nullable String submissionId,
      @Nullable String entrypointDigest,
      @Nullable JsonNode operators,
      @Nullable JsonNode parameters,
      @Nullable String rayVersion,
      @Nullable List<Column> columns,
      @Nullable Long rows,
      Instant reservedAt)
      implements Node {
    static RunNode of(RunOutput run) {
      return new RunNode(
          run.runId(),
          run.requestedBy(),
          run.attempt(),
          run.image(),
          run.entrypoint(),
          run.submissionId(),
          run.details().entrypointDigest(),
          StoredJson.read(run.details().operators()),
          StoredJson.read(run.details().parameters()),
          run.details().rayVersion(),
          run.details().columns() == null ? null : StoredJson.columns(run.details().columns()),
          run.rows(),
          run.reservedAt());
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
   * @param sources known once the import completed; the first 100 of them, which are nodes too
   * @param sourcesInAll how many there were
   */
  public record ImportNode(
      UUID importId, String requestedBy, List<Origin> sources, int sourcesInAll, Instant reservedAt)
      implements Node {
    private static final int SHOWN = 100;

    static ImportNode of(RunOutput of) {
      List<Origin> all = StoredJson.sources(of.sources());
      List<Origin> shown = all.subList(0, Math.min(SHOWN, all.size()));
      return new ImportNode(of.runId(), of.requestedBy(), shown, all.size(), of.reservedAt());
    }

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

  /**
   * A place outside that files came from.
   *
   * @param tag what it said of its content, for a single file: its ETag or time
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SourceNode(String url, @Nullable String tag) implements Node {
    @Override
    public String id() {
      return sourceId(new Origin(url, tag));
    }

    @Override
    public String kind() {
      return "source";
    }
  }

  /** What one person uploaded into a version. */
  public record UploadNode(
      @JsonIgnore String dataset,
      @JsonIgnore String version,
      String uploadedBy,
      long files,
      long bytes,
      Instant firstAt,
      Instant lastAt)
      implements Node {
    @Override
    public String id() {
      return uploadId(dataset, version, uploadedBy);
    }

    @Override
    public String kind() {
      return "upload";
    }
  }

  /** A collection that holds vectors of a version. */
  public record CollectionNode(String collection, long points, String recipeDigest)
      implements Node {
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
   * @param kind {@code input}, {@code output}, {@code inherited}, {@code merged} or {@code indexed}
   */
  @Schema(name = "LineageEdge")
  public record Edge(String from, String to, String kind) {}

  /**
   * That there is more than was answered.
   *
   * @param by {@code depth} of the request, or {@code versions}, the most that are answered
   */
  @Schema(name = "LineageCut")
  public record Cut(String by, int limit) {}
}
