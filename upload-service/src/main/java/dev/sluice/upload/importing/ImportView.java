package dev.sluice.upload.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.upload.importing.ImportState.Cancelled;
import dev.sluice.upload.importing.ImportState.Committing;
import dev.sluice.upload.importing.ImportState.Failed;
import dev.sluice.upload.importing.ImportState.Requested;
import dev.sluice.upload.importing.ImportState.Running;
import dev.sluice.upload.importing.ImportState.Succeeded;
import dev.sluice.upload.importing.ImportState.Unchanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import as clients see it.
 *
 * @param sources without what their queries hide
 * @param version once a draft is reserved; sealed when the import succeeded
 * @param state requested, running, committing, succeeded, unchanged, failed or cancelled
 * @param filesTotal files found so far
 * @param filesDone files brought and proved
 * @param filesUnchanged files that the dataset had already
 * @param bytesTotal bytes of the files that are to be brought
 * @param bytesDone bytes sent so far
 * @param code why it failed, for programs
 * @param reason why it failed or was cancelled, for people
 * @param attempt counts from 1
 * @param schedule that asked for it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportView(
    UUID id,
    String project,
    String dataset,
    List<String> sources,
    @Nullable String prefix,
    boolean expand,
    @Nullable String version,
    String state,
    long filesTotal,
    long filesDone,
    long filesUnchanged,
    long filesIgnored,
    long filesFailed,
    long bytesTotal,
    long bytesDone,
    @Nullable String code,
    @Nullable String reason,
    int attempt,
    String requestedBy,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable UUID schedule) {

  static ImportView of(Import job) {
    Progress progress = job.progress();
    ImportOrder order = job.order();
    return new ImportView(
        job.id().value(),
        order.project(),
        order.dataset(),
        order.sources().stream().map(Places::shown).toList(),
        order.prefix().isEmpty() ? null : order.prefix(),
        order.expand(),
        job.state() instanceof Unchanged
            ? null
            : job.destination().map(Destination::version).orElse(null),
        job.state().label(),
        progress.filesTotal(),
        progress.filesDone(),
        progress.filesUnchanged(),
        progress.filesIgnored(),
        progress.filesFailed(),
        progress.bytesTotal(),
        progress.bytesDone(),
        job.state() instanceof Failed failed ? failed.code() : null,
        reason(job.state()).orElse(null),
        job.attempt(),
        job.requestedBy(),
        job.createdAt(),
        job.startedAt().orElse(null),
        finishedAt(job.state()).orElse(null),
        job.schedule().orElse(null));
  }

  private static Optional<String> reason(ImportState state) {
    return switch (state) {
      case Failed s -> Optional.of(s.reason());
      case Cancelled s -> Optional.of("by " + s.by());
      case Requested s -> Optional.empty();
      case Running s -> Optional.empty();
      case Committing s -> Optional.empty();
      case Succeeded s -> Optional.empty();
      case Unchanged s -> Optional.empty();
    };
  }

  private static Optional<Instant> finishedAt(ImportState state) {
    return switch (state) {
      case Failed s -> Optional.of(s.since());
      case Cancelled s -> Optional.of(s.since());
      case Succeeded s -> Optional.of(s.since());
      case Unchanged s -> Optional.of(s.since());
      case Requested s -> Optional.empty();
      case Running s -> Optional.empty();
      case Committing s -> Optional.empty();
    };
  }

  /**
   * A file of an import.
   *
   * @param size bytes; absent while unknown
   * @param state unchanged, pending, sending, imported, ignored, failed or expanded
   * @param reason why it was ignored or failed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FileView(
      String path,
      String kind,
      String from,
      @Nullable Long size,
      String state,
      @Nullable String reason,
      @Nullable UUID uploadId,
      @Nullable String sha256) {
    static FileView of(ImportFile file) {
      return new FileView(
          file.kind().equals("archive") ? file.source().path() : file.path(),
          file.kind(),
          file.source().path(),
          file.size() < 0 ? null : file.size(),
          file.state(),
          file.reason().isEmpty() ? null : file.reason(),
          file.uploadId().orElse(null),
          file.sha256().orElse(null));
    }
  }

  /**
   * An import that is done again and again.
   *
   * @param every ISO 8601
   * @param nextAt when it is due
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ScheduleView(
      UUID id,
      String project,
      String dataset,
      List<String> sources,
      @Nullable String prefix,
      boolean expand,
      String every,
      String requestedBy,
      Instant createdAt,
      Instant nextAt) {
    static ScheduleView of(Schedule schedule) {
      ImportOrder order = schedule.order();
      return new ScheduleView(
          schedule.id(),
          order.project(),
          order.dataset(),
          order.sources().stream().map(Places::shown).toList(),
          order.prefix().isEmpty() ? null : order.prefix(),
          order.expand(),
          schedule.every().toString(),
          schedule.requestedBy(),
          schedule.createdAt(),
          schedule.nextAt());
    }
  }
}
