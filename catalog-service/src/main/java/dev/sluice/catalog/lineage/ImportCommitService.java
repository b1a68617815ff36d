package dev.sluice.catalog.lineage;

import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.file.PendingFile;
import dev.sluice.catalog.file.PendingService;
import dev.sluice.catalog.lineage.RunProblem.OutputDiffers;
import dev.sluice.catalog.lineage.RunProblem.OutputSealed;
import dev.sluice.catalog.lineage.RunProblem.RunNotFound;
import dev.sluice.catalog.version.DraftService;
import dev.sluice.catalog.version.SealService;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.catalog.version.VersionOfDataset;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Dropped;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.events.ImportEvent;
import dev.sluice.events.ImportEvent.ImportCancelled;
import dev.sluice.events.ImportEvent.ImportCompleted;
import dev.sluice.events.ImportEvent.ImportFailed;
import dev.sluice.events.ImportEvent.ImportRequested;
import dev.sluice.events.ImportEvent.ImportStarted;
import dev.sluice.events.ImportEvent.OfImport;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Makes the draft of an import a sealed version, once, or gives it up. */
@ApplicationScoped
public class ImportCommitService {
  private static final Logger LOG = Logger.getLogger(ImportCommitService.class);

  private final RunRepository runs;
  private final VersionLookupService lookup;
  private final PendingService pending;
  private final SealService seals;
  private final DraftService drafts;
  private final ReservationService reservations;
  private final AuditService audit;
  private final RunObserver observer;

  ImportCommitService(
      RunRepository runs,
      VersionLookupService lookup,
      PendingService pending,
      SealService seals,
      DraftService drafts,
      ReservationService reservations,
      AuditService audit,
      RunObserver observer) {
    this.observer = observer;
    this.audit = audit;
    this.runs = runs;
    this.lookup = lookup;
    this.pending = pending;
    this.seals = seals;
    this.drafts = drafts;
    this.reservations = reservations;
  }

  /** The effect of the fact, within the consumer's transaction; none when it had it before. */
  public Uni<Void> apply(Mutiny.Session session, UUID eventId, ImportEvent event) {
    return switch (event) {
      case ImportCompleted e when e.version() == null -> Uni.createFrom().voidItem();
      case ImportCompleted e when e.unchanged() -> drop(session, e, "nothing had changed");
      case ImportCompleted e -> commit(session, ProjectScope.system(e.project()), e);
      case ImportFailed e ->
          e.draftKept()
              ? Uni.createFrom().voidItem()
              : drop(session, e, "import failed: " + e.reason());
      case ImportCancelled e -> drop(session, e, "import cancelled by " + e.cancelledBy());
      case ImportRequested e -> Uni.createFrom().voidItem();
      case ImportStarted e -> observer.started(session, eventId, e);
    };
  }

  private Uni<Void> commit(Mutiny.Session session, ProjectScope scope, ImportCompleted event) {
    return runs.lock(session, scope, event.importId())
        .chain(() -> runs.find(session, scope, event.importId()))
        .onItem()
        .ifNull()
        .failWith(() -> new RunNotFound(event.project(), event.importId().toString()).exception())
        .flatMap(run -> lookup.lockById(session, scope, run.versionId()))
        .invoke(output -> refuseOther(output, event))
        .flatMap(output -> commit(session, scope, output, event));
  }

  private Uni<Void> commit(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset output, ImportCompleted event) {
    return switch (output.version().state()) {
      case Draft s -> commitDraft(session, scope, output, event);
      case Final s -> Uni.createFrom().voidItem();
      case Dropped s -> {
        LOG.warnf("import completed after its draft was dropped: %s", event.importId());
        yield Uni.createFrom().voidItem();
      }
    };
  }

  /** Facts of uploads come before the import's own, so what is missing now will never come. */
  private Uni<Void> commitDraft(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset output, ImportCompleted event) {
    if (output.dataset().trashed()) {
      return drafts.drop(session, scope, output, "the dataset was deleted");
    }
    return pending
        .some(session, scope, output.version().id())
        .map(some -> fault(output, event, some))
        .flatMap(
            fault ->
                fault
                    .map(reason -> drafts.drop(session, scope, output, reason))
                    .orElseGet(() -> seal(session, scope, output, event)));
  }

  private static Optional<String> fault(
      VersionOfDataset output, ImportCompleted event, List<PendingFile> pending) {
    if (!pending.isEmpty()) {
      return Optional.of(
          pending.stream()
              .limit(3)
              .map(file -> "'" + file.path() + "': " + file.reason())
              .collect(Collectors.joining("; ")));
    }
    long there = output.version().files();
    return there < event.files()
        ? Optional.of("the import brought %d files, %d are there".formatted(event.files(), there))
        : Optional.empty();
  }

  private Uni<Void> seal(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset output, ImportCompleted event) {
    return runs.imported(session, scope, event.importId(), event.sources())
        .chain(() -> seals.seal(session, scope, output))
        .call(done -> audit.record(session, scope, SealEntry.of(done)))
        .invoke(() -> CrashPoint.hit("catalog.import.beforeCommit"))
        .replaceWithVoid();
  }

  /** An import that reserved nothing, or is sealed already, has nothing to give back. */
  private Uni<Void> drop(Mutiny.Session session, OfImport event, String reason) {
    return reservations
        .release(session, ProjectScope.system(event.project()), event.importId(), reason)
        .onFailure(ImportCommitService::nothingToDrop)
        .recoverWithNull()
        .replaceWithVoid();
  }

  private static boolean nothingToDrop(Throwable failure) {
    return failure instanceof ProblemException e
        && (e.problem() instanceof RunNotFound || e.problem() instanceof OutputSealed);
  }

  private static void refuseOther(VersionOfDataset output, ImportCompleted event) {
    if (!output.dataset().id().value().equals(event.datasetId())
        || !output.version().number().toString().equals(event.version())) {
      throw new OutputDiffers(
              event.importId().toString(), event.dataset(), String.valueOf(event.version()))
          .exception();
    }
  }
}
