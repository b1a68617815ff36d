package dev.sluice.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What catalog-service says about projects, members, datasets and versions. */
public sealed interface DatasetEvent extends SluiceEvent {

  /** Facts about a project as a whole; keyed by the project's name. */
  sealed interface ProjectEvent extends DatasetEvent {
    @Override
    default String key() {
      return project();
    }

    @Override
    default String subject() {
      return "projects/" + project();
    }
  }

  /** Facts about one dataset; keyed by its id. */
  sealed interface OfDataset extends DatasetEvent {
    UUID datasetId();

    String dataset();

    @Override
    default String key() {
      return datasetId().toString();
    }

    @Override
    default String subject() {
      return "datasets/" + dataset();
    }
  }

  /** Facts about one version; keyed by its dataset's id. */
  sealed interface OfVersion extends OfDataset {
    String version();

    @Override
    default String subject() {
      return "datasets/" + dataset() + "/versions/" + version();
    }
  }

  /** A project exists; its creator is its first owner. */
  record ProjectCreated(String project, String createdBy, Instant occurredAt)
      implements ProjectEvent {
    public ProjectCreated {
      Fields.required("project", project);
      Fields.required("createdBy", createdBy);
    }
  }

  /** A person has the given role in the project from now on ({@code viewer}, {@code editor}, …). */
  record MemberAdded(String project, String user, String role, Instant occurredAt)
      implements ProjectEvent {
    public MemberAdded {
      Fields.required("project", project);
      Fields.required("user", user);
      Fields.required("role", role);
    }
  }

  /** A person has no role in the project any more. */
  record MemberRemoved(String project, String user, Instant occurredAt) implements ProjectEvent {
    public MemberRemoved {
      Fields.required("project", project);
      Fields.required("user", user);
    }
  }

  /**
   * Bytes left the project for good, because somebody has a right to that; manifests keep their
   * entries.
   *
   * @param sha256 of the bytes, 64 lower-case hex digits
   */
  record FileErased(String project, String sha256, String erasedBy, Instant occurredAt)
      implements ProjectEvent {
    public FileErased {
      Fields.required("project", project);
      Fields.required("sha256", sha256);
      Fields.required("erasedBy", erasedBy);
    }
  }

  /** A dataset exists and takes drafts. */
  record DatasetCreated(
      String project,
      UUID datasetId,
      String dataset,
      String dataType,
      String displayName,
      @Nullable String applicationScenario,
      String creator,
      Instant occurredAt)
      implements OfDataset {
    public DatasetCreated {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("dataType", dataType);
      Fields.required("creator", creator);
    }
  }

  /** A dataset is in the trash: nothing of it is listed or indexed any more. */
  record DatasetDeleted(
      String project, UUID datasetId, String dataset, String deletedBy, Instant occurredAt)
      implements OfDataset {
    public DatasetDeleted {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
    }
  }

  /** A dataset is back from the trash under its name; its vectors are not. */
  record DatasetRestored(
      String project, UUID datasetId, String dataset, String restoredBy, Instant occurredAt)
      implements OfDataset {
    public DatasetRestored {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("restoredBy", restoredBy);
    }
  }

  /** A dataset left the trash for good: nothing of it can be read any more. */
  record DatasetPurged(String project, UUID datasetId, String dataset, Instant occurredAt)
      implements OfDataset {
    public DatasetPurged {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
    }
  }

  /**
   * A name of a dataset points at another version.
   *
   * @param kind {@code alias} or {@code tag}
   * @param from the version it pointed at; null when the name is new
   * @param to the version it points at; null when the name is gone
   */
  record AliasMoved(
      String project,
      UUID datasetId,
      String dataset,
      String kind,
      String alias,
      @Nullable String from,
      @Nullable String to,
      String movedBy,
      Instant occurredAt)
      implements OfDataset {
    public AliasMoved {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("kind", kind);
      Fields.required("alias", alias);
      Fields.required("movedBy", movedBy);
    }
  }

  /** A draft takes files from now on. */
  record DraftOpened(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      String dataType,
      ProducedBy producedBy,
      String openedBy,
      Instant occurredAt)
      implements OfVersion {
    public DraftOpened {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("version", version);
      Fields.required("dataType", dataType);
    }
  }

  /** A draft was given up before its seal, for example by a failed run. */
  record DraftDropped(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      String reason,
      Instant occurredAt)
      implements OfVersion {
    public DraftDropped {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("version", version);
    }
  }

  /**
   * A version is sealed: its content is final and has a digest. Said once, whatever made it.
   *
   * @param digest {@code sha256:} and 64 hex digits over paths, sizes, SHA-256 and media types
   * @param files number of files
   * @param bytes sum of their sizes
   * @param inputs the versions it was made from
   */
  record VersionCreated(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      String dataType,
      String digest,
      long files,
      long bytes,
      ProducedBy producedBy,
      List<VersionRef> inputs,
      String createdBy,
      Instant occurredAt)
      implements OfVersion {
    public VersionCreated {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("version", version);
      Fields.required("digest", digest);
      Fields.required("producedBy", producedBy);
      Fields.notNegative("files", files);
      Fields.notNegative("bytes", bytes);
      inputs = inputs == null ? List.of() : List.copyOf(inputs);
    }
  }

  /** The owner recommends a sealed version. */
  record VersionReleased(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      String releasedBy,
      Instant occurredAt)
      implements OfVersion {
    public VersionReleased {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("version", version);
    }
  }

  /** A version must not be used any more; its vectors leave the index. */
  record VersionWithdrawn(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      String withdrawnBy,
      Instant occurredAt)
      implements OfVersion {
    public VersionWithdrawn {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("version", version);
    }
  }

  /** The files of a withdrawn version are given up: they cannot be read any more. */
  record VersionPurged(
      String project,
      UUID datasetId,
      String dataset,
      String version,
      String purgedBy,
      @Nullable String reason,
      Instant occurredAt)
      implements OfVersion {
    public VersionPurged {
      Fields.required("project", project);
      Fields.required("datasetId", datasetId);
      Fields.required("version", version);
      Fields.required("purgedBy", purgedBy);
    }
  }

  /**
   * What made a version.
   *
   * @param kind {@code upload}, {@code run}, {@code import} or {@code edit}
   * @param runId of the run, when a run made it
   */
  record ProducedBy(String kind, @Nullable UUID runId) {
    public ProducedBy {
      Fields.required("kind", kind);
    }

    /** Files that people uploaded. */
    public static ProducedBy upload() {
      return new ProducedBy("upload", null);
    }

    /** The files an import brought. */
    public static ProducedBy imported(UUID importId) {
      return new ProducedBy("import", importId);
    }

    /** The output of a run. */
    public static ProducedBy run(UUID runId) {
      return new ProducedBy("run", runId);
    }
  }
}
