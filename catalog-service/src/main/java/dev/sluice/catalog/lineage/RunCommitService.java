package dev.sluice.catalog.lineage;

import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.lineage.OutputManifest.Broken;
import dev.sluice.catalog.lineage.RunProblem.OutputDiffers;
import dev.sluice.catalog.lineage.RunProblem.RunNotFound;
import dev.sluice.catalog.version.DraftService;
import dev.sluice.catalog.version.SealService;
import dev.sluice.catalog.version.VersionLookupService;
import dev.sluice.catalog.version.VersionOfDataset;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Dropped;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.events.ProcessingEvent.ProcessingCompleted;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.logging.Logger;

/** Makes the output of a run a sealed version, once. */
@ApplicationScoped
class RunCommitService {
  private static final Logger LOG = Logger.getLogger(RunCommitService.class);

  private final RunRepository runs;
  private final VersionLookupService lookup;
  private final OutputReader outputs;
  private final FileSetService files;
  private final SealService seals;
  private final DraftService drafts;
  private final AuditService audit;

  RunCommitService(
      RunRepository runs,
      VersionLookupService lookup,
      OutputReader outputs,
      FileSetService files,
      SealService seals,
      DraftService drafts,
      AuditService audit) {
    this.audit = audit;
    this.runs = runs;
    this.lookup = lookup;
    this.outputs = outputs;
    this.files = files;
    this.seals = seals;
    this.drafts = drafts;
  }

  /** The effect of the fact, within the consumer's transaction; none when it had it before. */
  Uni<Void> commit(Mutiny.Session session, ProcessingCompleted event) {
    ProjectScope scope = ProjectScope.system(event.project());
    return runs.lock(session, scope, event.runId())
        .chain(() -> runs.find(session, scope, event.runId()))
        .onItem()
        .ifNull()
        .failWith(() -> new RunNotFound(event.project(), event.runId().toString()).exception())
        .flatMap(run -> lookup.lockById(session, scope, run.versionId()))
        .invoke(output -> refuseOther(output, event))
        .flatMap(output -> commit(session, scope, output, event));
  }

  private Uni<Void> commit(
      Mutiny.Session session,
      ProjectScope scope,
      VersionOfDataset output,
      ProcessingCompleted event) {
    return switch (output.version().state()) {
      case Draft s -> commitDraft(session, scope, output, event);
      case Final s -> Uni.createFrom().voidItem();
      case Dropped s -> {
        LOG.warnf("run completed after its draft was dropped: runId=%s", event.runId());
        yield Uni.createFrom().voidItem();
      }
    };
  }

  private Uni<Void> commitDraft(
      Mutiny.Session session,
      ProjectScope scope,
      VersionOfDataset output,
      ProcessingCompleted event) {
    if (output.dataset().trashed()) {
      return drafts.drop(session, scope, output, "the dataset was deleted");
    }
    return outputs
        .read(event)
        .flatMap(manifest -> seal(session, scope, output, event, manifest))
        .onFailure(Broken.class)
        .recoverWithUni(broken -> giveUp(session, scope, output, event, broken));
  }

  private Uni<Void> seal(
      Mutiny.Session session,
      ProjectScope scope,
      VersionOfDataset output,
      ProcessingCompleted event,
      OutputManifest manifest) {
    return files
        .grown(session, scope, output.version().root(), manifest.files())
        .call(() -> runs.completed(session, scope, event, manifest))
        .flatMap(content -> seals.seal(session, scope, output, content))
        .call(done -> audit.record(session, scope, SealEntry.of(done)))
        .invoke(() -> CrashPoint.hit("catalog.run.beforeCommit"))
        .replaceWithVoid();
  }

  /** No retry can mend an output that is not what the run said: its draft goes, with the reason. */
  private Uni<Void> giveUp(
      Mutiny.Session session,
      ProjectScope scope,
      VersionOfDataset output,
      ProcessingCompleted event,
      Throwable broken) {
    LOG.errorf("output refused: runId=%s reason=%s", event.runId(), broken.getMessage());
    return drafts.drop(session, scope, output, String.valueOf(broken.getMessage()));
  }

  private static void refuseOther(VersionOfDataset output, ProcessingCompleted event) {
    if (!output.dataset().id().value().equals(event.datasetId())
        || !output.version().number().toString().equals(event.version())) {
      throw new OutputDiffers(event.runId().toString(), event.dataset(), event.version())
          .exception();
    }
  }
}
