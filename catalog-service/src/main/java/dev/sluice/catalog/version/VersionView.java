package dev.sluice.catalog.version;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Dropped;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.catalog.version.VersionState.Purged;
import dev.sluice.catalog.version.VersionState.Released;
import dev.sluice.catalog.version.VersionState.Sealed;
import dev.sluice.catalog.version.VersionState.Withdrawn;
import dev.sluice.events.DatasetEvent.ProducedBy;
import dev.sluice.events.VersionRef;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version on the wire. */
@Schema(name = "Version")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionView(
    String dataset,
    UUID datasetId,
    String project,
    String version,
    String state,
    @Nullable String digest,
    long files,
    long bytes,
    @Nullable String inheritedFrom,
    ProducedBy producedBy,
    List<VersionRef> inputs,
    String createdBy,
    Instant createdAt,
    @Nullable Instant sealedAt,
    @Nullable StateSince since,
    List<Index> indexes) {

  static VersionView of(Version version, String dataset, Links links) {
    return new VersionView(
        dataset,
        version.datasetId().value(),
        version.project(),
        version.number().toString(),
        stateOf(version.state()),
        version.state() instanceof Final f ? f.seal().digest().value() : null,
        version.files(),
        version.bytes(),
        version.inheritedFrom() == null ? null : version.inheritedFrom().toString(),
        version.producedBy(),
        links.inputs(),
        version.createdBy(),
        version.createdAt(),
        version.state() instanceof Final f ? f.seal().at() : null,
        sinceOf(version.state()),
        links.indexes());
  }

  private static @Nullable StateSince sinceOf(VersionState state) {
    return switch (state) {
      case Released s -> new StateSince(s.by(), s.at(), s.reason());
      case Withdrawn s -> new StateSince(s.by(), s.at(), s.reason());
      case Purged s -> new StateSince(s.by(), s.at(), s.reason());
      case Draft s -> null;
      case Sealed s -> null;
      case Dropped s -> null;
    };
  }

  /** The state's name on the wire and in the table. */
  static String stateOf(VersionState state) {
    return switch (state) {
      case Draft s -> "draft";
      case Sealed s -> "sealed";
      case Released s -> "released";
      case Withdrawn s -> "withdrawn";
      case Purged s -> "purged";
      case Dropped s -> "dropped";
    };
  }

  /** Changes whenever anything a reader sees changes. */
  String etag() {
    return '"' + Integer.toHexString(Objects.hash(state, digest, files, bytes, indexes)) + '"';
  }

  /** Who brought the version into its state, when and why. */
  @Schema(name = "VersionStateSince")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StateSince(String by, Instant at, @Nullable String reason) {}

  /** Says that the version can be searched. */
  @Schema(name = "VersionIndex")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Index(String collection, long points, String recipeDigest, Instant at) {}

  /** What other things a version is tied to. */
  record Links(List<VersionRef> inputs, List<Index> indexes) {
    static final Links NONE = new Links(List.of(), List.of());
  }
}
