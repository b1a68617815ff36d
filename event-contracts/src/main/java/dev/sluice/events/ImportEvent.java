package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The request that starts an import, from anyone, and what upload-service says about imports. */
public sealed interface ImportEvent extends SluiceEvent {

  /** Facts about an accepted import; keyed by the dataset's id once that is known. */
  sealed interface OfImport extends ImportEvent {
    UUID importId();

    /** The dataset; absent while the import has reserved nothing. */
    @Nullable UUID datasetId();

    /** Name of the dataset the files go to. */
    String dataset();

    /** The version it makes; absent when it has reserved none. */
    @Nullable String version();

    @Override
    default String key() {
      UUID dataset = datasetId();
      return (dataset == null ? importId() : dataset).toString();
    }

    @Override
    default String subject() {
      String version = version();
      return "datasets/" + dataset() + (version == null ? "" : "/versions/" + version);
    }
  }

  /**
   * Somebody wants files of other places in a dataset. The CloudEvents id is the import's id, so
   * that saying it twice imports once.
   *
   * @param dataType for a dataset that does not exist yet; {@code binary} when absent
   * @param prefix folder of the dataset that the files go to; absent for its top
   * @param expand whether archives are taken apart
   * @param every how often it is done again, for example {@code PT6H}; absent for once
   * @param requestedBy the principal; must be an editor of the project
   */
  record ImportRequested(
      String project,
      String dataset,
      @Nullable String dataType,
      List<Place> sources,
      @Nullable String prefix,
      boolean expand,
      @Nullable String every,
      String requestedBy,
      Instant occurredAt)
      implements ImportEvent {
    public ImportRequested {
      Fields.required("project", project);
      Fields.required("dataset", dataset);
      Fields.required("requestedBy", requestedBy);
      sources = sources == null ? List.of() : List.copyOf(sources);
    }

    @Override
    public String key() {
      return project;
    }

    @Override
    public String subject() {
      return "datasets/" + dataset;
    }
  }

  /** An attempt of an import found files to bring and has a draft for them. */
  record ImportStarted(
      String project,
      UUID importId,
      int attempt,
      UUID datasetId,
      String dataset,
      String version,
      Instant occurredAt)
      implements OfImport {
    public ImportStarted {
      Fields.required("project", project);
      Fields.required("importId", importId);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.required("version", version);
    }
  }

  /**
   * All files of an import are there and proved, or nothing had changed.
   *
   * @param version absent when nothing had changed
   * @param unchanged whether no version was made because nothing had changed
   * @param files files it put into the version, without those the version inherited
   * @param bytes of these files
   * @param ignored files left out because their type does not belong
   * @param sources where the files came from and what was seen there
   */
  record ImportCompleted(
      String project,
      UUID importId,
      UUID datasetId,
      String dataset,
      @Nullable String version,
      boolean unchanged,
      long files,
      long bytes,
      long ignored,
      List<Origin> sources,
      String requestedBy,
      Instant occurredAt)
      implements OfImport {
    public ImportCompleted {
      Fields.required("project", project);
      Fields.required("importId", importId);
      Fields.required("datasetId", datasetId);
      Fields.required("dataset", dataset);
      Fields.notNegative("files", files);
      Fields.notNegative("bytes", bytes);
      sources = sources == null ? List.of() : List.copyOf(sources);
    }
  }

  /**
   * An import ended without a version; a retry goes on where it was.
   *
   * @param draftKept whether the draft waits for a retry; said again without it when that is over
   * @param reason short code, for example {@code source-changed}
   * @param message one sentence for a person
   */
  record ImportFailed(
      String project,
      UUID importId,
      int attempt,
      @Nullable UUID datasetId,
      String dataset,
      @Nullable String version,
      boolean draftKept,
      String reason,
      String message,
      Instant occurredAt)
      implements OfImport {
    public ImportFailed {
      Fields.required("project", project);
      Fields.required("importId", importId);
      Fields.required("dataset", dataset);
      Fields.required("reason", reason);
    }
  }

  /** A person stopped an import; its draft and its unfinished uploads are gone. */
  record ImportCancelled(
      String project,
      UUID importId,
      @Nullable UUID datasetId,
      String dataset,
      @Nullable String version,
      String cancelledBy,
      Instant occurredAt)
      implements OfImport {
    public ImportCancelled {
      Fields.required("project", project);
      Fields.required("importId", importId);
      Fields.required("dataset", dataset);
      Fields.required("cancelledBy", cancelledBy);
    }
  }

  /**
   * A place to import from.
   *
   * @param url of scheme http, https, s3, nfs or file
   * @param credentials name of a secret the administrator configured; never the secret itself
   * @param glob which files of a listing, for example {@code **}{@code /*.csv}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Place(String url, @Nullable String credentials, @Nullable String glob) {
    public Place {
      Fields.required("url", url);
    }
  }

  /**
   * A place that files came from.
   *
   * @param url without user, password or query
   * @param tag what the place said of its content, for a single file: its ETag or time
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Origin(String url, @Nullable String tag) {
    public Origin {
      Fields.required("url", url);
    }
  }
}
