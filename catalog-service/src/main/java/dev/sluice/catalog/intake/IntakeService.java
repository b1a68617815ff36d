package dev.sluice.catalog.intake;

import dev.sluice.catalog.dataset.DatasetId;
import dev.sluice.catalog.file.FilePath;
import dev.sluice.catalog.file.FileProblem.ObjectRemoved;
import dev.sluice.catalog.file.FileProblem.PathConflict;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.file.PendingFile;
import dev.sluice.catalog.file.PendingService;
import dev.sluice.catalog.file.VersionFile;
import dev.sluice.catalog.intake.IntakeProblem.DraftOfRun;
import dev.sluice.catalog.intake.IntakeProblem.TooLate;
import dev.sluice.catalog.intake.IntakeProblem.UnknownVersion;
import dev.sluice.catalog.lineage.UploadTraceService;
import dev.sluice.catalog.version.DraftFilesService;
import dev.sluice.catalog.version.Version;
import dev.sluice.catalog.version.VersionNumber;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Dropped;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.catalog.version.VersionState.Purged;
import dev.sluice.events.UploadEvent;
import dev.sluice.events.UploadEvent.ChunkUploaded;
import dev.sluice.events.UploadEvent.FileIgnored;
import dev.sluice.events.UploadEvent.UploadAborted;
import dev.sluice.events.UploadEvent.UploadCompleted;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Gives single facts about uploads their effect on drafts. */
@ApplicationScoped
class IntakeService {
  private final DraftFilesService drafts;
  private final FileSetService files;
  private final PendingService pending;
  private final UploadTraceService uploads;
  private final Counter taken;
  private final Counter bytes;

  IntakeService(
      DraftFilesService drafts,
      FileSetService files,
      PendingService pending,
      UploadTraceService uploads,
      MeterRegistry metrics) {
    this.drafts = drafts;
    this.files = files;
    this.pending = pending;
    this.uploads = uploads;
    this.taken =
        Counter.builder("sluice.catalog.files")
            .description("Files that completed uploads brought into drafts")
            .register(metrics);
    this.bytes =
        Counter.builder("sluice.catalog.files.bytes")
            .baseUnit("bytes")
            .description("Bytes of these files")
            .register(metrics);
  }

  /** The effect of one fact, within the consumer's transaction. */
  Uni<Void> apply(Mutiny.Session session, UploadEvent event) {
    ProjectScope scope = ProjectScope.system(event.project());
    return switch (event) {
      case ChunkUploaded e -> onDraft(session, e, v -> announce(session, scope, v, e));
      case UploadCompleted e -> complete(session, scope, e);
      case UploadAborted e -> onDraft(session, e, v -> settle(session, scope, v, e));
      case FileIgnored e -> onDraft(session, e, v -> settle(session, scope, v, e));
    };
  }

  private Uni<Void> announce(
      Mutiny.Session session, ProjectScope scope, Version draft, ChunkUploaded e) {
    String path = FilePath.of(e.path()).value();
    return pending.announce(
        session, scope, draft.id(), new PendingFile(path, e.uploadId(), PendingFile.ON_ITS_WAY));
  }

  private Uni<Void> settle(
      Mutiny.Session session, ProjectScope scope, Version draft, UploadEvent e) {
    return pending.settle(session, scope, draft.id(), e.uploadId());
  }

  private Uni<Void> complete(Mutiny.Session session, ProjectScope scope, UploadCompleted e) {
    VersionFile file = BatchEffects.file(e);
    return lock(session, e)
        .flatMap(
            version ->
                switch (version.state()) {
                  case Draft s -> put(session, scope, writable(version, e), e, file);
                  case Purged s -> Uni.createFrom().voidItem();
                  case Final s -> refuseOther(session, scope, version, e, file);
                  case Dropped s -> Uni.createFrom().voidItem();
                });
  }

  private Uni<Void> put(
      Mutiny.Session session,
      ProjectScope scope,
      Version draft,
      UploadCompleted e,
      VersionFile file) {
    return drafts
        .put(session, scope, draft, file)
        .chain(() -> uploads.uploaded(session, scope, draft, List.of(e)))
        .chain(() -> pending.settle(session, scope, draft.id(), e.uploadId()))
        .invoke(() -> count(file))
        .onFailure(IntakeService::isRefused)
        .recoverWithUni(
            failure -> reject(session, scope, draft, e, String.valueOf(failure.getMessage())));
  }

  /** A path that cannot be in the draft stays named as missing, so that nobody seals without it. */
  private Uni<Void> reject(
      Mutiny.Session session, ProjectScope scope, Version draft, UploadCompleted e, String reason) {
    String path = FilePath.of(e.path()).value();
    return pending.reject(session, scope, draft.id(), new PendingFile(path, e.uploadId(), reason));
  }

  private Uni<Void> refuseOther(
      Mutiny.Session session,
      ProjectScope scope,
      Version version,
      UploadCompleted e,
      VersionFile file) {
    return files
        .has(session, scope, version.fileSet(), file)
        .invoke(
            there -> {
              if (!there) {
                throw new TooLate(e.dataset(), e.version(), e.path()).exception();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> onDraft(
      Mutiny.Session session, UploadEvent e, Function<Version, Uni<Void>> effect) {
    return lock(session, e)
        .flatMap(
            version ->
                version.state() instanceof Draft && version.takesUploads()
                    ? effect.apply(version)
                    : Uni.createFrom().voidItem());
  }

  Uni<Version> lock(Mutiny.Session session, UploadEvent e) {
    return drafts
        .lock(
            session,
            ProjectScope.system(e.project()),
            new DatasetId(e.datasetId()),
            VersionNumber.of(e.version()))
        .map(
            found ->
                found.orElseThrow(
                    () -> new UnknownVersion(e.project(), e.dataset(), e.version()).exception()));
  }

  private static Version writable(Version draft, UploadCompleted e) {
    if (!draft.takesUploads()) {
      throw new DraftOfRun(e.dataset(), e.version(), e.path()).exception();
    }
    return draft;
  }

  void count(VersionFile file) {
    taken.increment();
    bytes.increment((double) file.size());
  }

  static boolean isRefused(Throwable failure) {
    return failure instanceof ProblemException e
        && (e.problem() instanceof PathConflict || e.problem() instanceof ObjectRemoved);
  }
}
