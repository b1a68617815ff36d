package dev.sluice.catalog.version;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.dataset.Dataset;
import dev.sluice.catalog.dataset.DatasetLineService;
import dev.sluice.catalog.file.PendingService;
import dev.sluice.catalog.version.LinkRepository.Input;
import dev.sluice.catalog.version.VersionProblem.DraftOpen;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.events.DatasetEvent.DraftDropped;
import dev.sluice.events.DatasetEvent.DraftOpened;
import dev.sluice.events.DatasetEvent.ProducedBy;
import dev.sluice.manifest.ManifestTree;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Begins and gives up drafts of a locked dataset, within the caller's transaction. */
@ApplicationScoped
public class DraftService {
  private final DatasetLineService datasets;
  private final VersionRepository versions;
  private final LinkRepository links;
  private final PendingService pending;
  private final AuditService audit;
  private final Clock clock;

  DraftService(
      DatasetLineService datasets,
      VersionRepository versions,
      LinkRepository links,
      PendingService pending,
      AuditService audit,
      Clock clock) {
    this.datasets = datasets;
    this.versions = versions;
    this.links = links;
    this.pending = pending;
    this.audit = audit;
    this.clock = clock;
  }

  /** The draft that people share, with the files of {@code parent}; 409 when one is open. */
  Uni<Version> open(
      Mutiny.Session session,
      ProjectScope scope,
      Dataset locked,
      @Nullable VersionOfDataset parent) {
    return versions
        .openDraft(session, scope, locked.id())
        .invoke(open -> refuse(locked, open))
        .chain(() -> datasets.takeNumber(session, scope, locked))
        .map(number -> draft(locked, number, ProducedBy.upload(), scope.caller()))
        .map(draft -> parent == null ? draft : heir(draft, parent.version()))
        .call(draft -> begin(session, scope, locked, draft));
  }

  /**
   * A draft for a run's output or an import's files; they reserve as many as they like beside the
   * one that people share.
   */
  public Uni<Version> reserve(
      Mutiny.Session session, ProjectScope scope, Dataset locked, Reservation reservation) {
    VersionOfDataset parent = reservation.parent();
    return datasets
        .takeNumber(session, scope, locked)
        .map(number -> draft(locked, number, reservation.maker(), reservation.requestedBy()))
        .map(draft -> parent == null ? draft : heir(draft, parent.version()))
        .call(draft -> begin(session, scope, locked, draft))
        .call(draft -> addInputs(session, scope, draft, reservation.inputs()));
  }

  /** Gives a draft up and says so; its number is not used again. */
  public Uni<Void> drop(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset draft, String reason) {
    if (!(draft.version().state() instanceof Draft state)) {
      throw new IllegalArgumentException("not a draft: " + draft.number());
    }
    Instant now = clock.instant();
    return versions
        .save(session, scope, draft.version().in(state.dropped(reason, now)))
        .chain(() -> pending.forget(session, scope, draft.version().id()))
        .invoke(() -> CrashPoint.hit("catalog.drop.beforeFact"))
        .chain(
            () ->
                audit.record(
                    session,
                    scope,
                    entry(AuditAction.VERSION_DROPPED, draft.dataset(), draft.version())
                        .because(reason)))
        .chain(() -> Outbox.append(session, dropped(draft, reason, now)));
  }

  private Version draft(Dataset dataset, int number, ProducedBy producedBy, String by) {
    return new Version(
        UUID.randomUUID(),
        dataset.id(),
        dataset.project(),
        new VersionNumber(number),
        new Draft(),
        0,
        0,
        ManifestTree.EMPTY,
        null,
        producedBy,
        by,
        clock.instant());
  }

  private static Version heir(Version draft, Version parent) {
    return new Version(
        draft.id(),
        draft.datasetId(),
        draft.project(),
        draft.number(),
        draft.state(),
        parent.files(),
        parent.bytes(),
        parent.root(),
        parent.number(),
        draft.producedBy(),
        draft.createdBy(),
        draft.createdAt());
  }

  private Uni<Void> begin(
      Mutiny.Session session, ProjectScope scope, Dataset dataset, Version draft) {
    return versions
        .insert(session, scope, draft)
        .invoke(() -> CrashPoint.hit("catalog.draft.beforeFact"))
        .chain(
            () ->
                audit.record(
                    session,
                    scope,
                    entry(AuditAction.VERSION_OPENED, dataset, draft)
                        .by(draft.createdBy())
                        .with("inheritedFrom", draft.inheritedFrom())))
        .chain(() -> Outbox.append(session, opened(dataset, draft)));
  }

  private Uni<Void> addInputs(
      Mutiny.Session session, ProjectScope scope, Version draft, List<UUID> inputs) {
    return Multi.createFrom()
        .iterable(IntStream.range(0, inputs.size()).boxed().toList())
        .map(position -> new Input(position, inputs.get(position)))
        .onItem()
        .transformToUniAndConcatenate(i -> links.addInput(session, scope, draft.id(), i))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static void refuse(Dataset dataset, @Nullable Version open) {
    if (open != null) {
      throw new DraftOpen(dataset.name(), open.number().toString()).exception();
    }
  }

  private static AuditEntry entry(AuditAction action, Dataset dataset, Version version) {
    return AuditEntry.of(action, dataset.id().value(), dataset.name())
        .version(version.number().toString())
        .with("producedBy", version.producedBy().kind())
        .with("runId", version.producedBy().runId());
  }

  private static DraftOpened opened(Dataset dataset, Version draft) {
    return new DraftOpened(
        draft.project(),
        dataset.id().value(),
        dataset.name(),
        draft.number().toString(),
        dataset.dataType().text(),
        draft.producedBy(),
        draft.createdBy(),
        draft.createdAt());
  }

  private static DraftDropped dropped(VersionOfDataset draft, String reason, Instant at) {
    return new DraftDropped(
        draft.version().project(),
        draft.dataset().id().value(),
        draft.dataset().name(),
        draft.number(),
        reason,
        at);
  }

  /**
   * What a run or an import wants its draft to say.
   *
   * @param inputs ids of the versions it reads, in the run's order
   * @param parent the version whose files it begins with
   */
  public record Reservation(
      ProducedBy maker, String requestedBy, List<UUID> inputs, @Nullable VersionOfDataset parent) {
    public Reservation {
      inputs = List.copyOf(inputs);
    }
  }
}
