package dev.sluice.catalog.intake;

import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.file.PendingService;
import dev.sluice.catalog.lineage.ImportCommitService;
import dev.sluice.catalog.lineage.UploadTraceService;
import dev.sluice.catalog.version.DraftFilesService;
import dev.sluice.catalog.version.Version;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.events.ImportEvent;
import dev.sluice.events.UploadEvent;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.inbox.Received;
import dev.sluice.support.tracing.TraceContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Gives many facts their effects at once: those about one draft become a few statements, however
 * many they are. What cannot be taken together is taken one after another.
 */
@ApplicationScoped
class BatchIntakeService {
  private static final String SPAN = "process sluice.uploads";

  private final IntakeService single;
  private final DraftFilesService drafts;
  private final FileSetService files;
  private final PendingService pending;
  private final ImportCommitService imports;
  private final UploadTraceService uploads;

  BatchIntakeService(
      IntakeService single,
      DraftFilesService drafts,
      FileSetService files,
      PendingService pending,
      ImportCommitService imports,
      UploadTraceService uploads) {
    this.uploads = uploads;
    this.single = single;
    this.drafts = drafts;
    this.files = files;
    this.pending = pending;
    this.imports = imports;
  }

  /** The effects of the facts, within the consumer's transaction, in the order that matters. */
  Uni<Void> apply(Mutiny.Session session, List<Received> fresh) {
    return inTurn(stretches(fresh), stretch -> stretch(session, stretch));
  }

  /** Facts about uploads between two facts about imports; the latter stand alone. */
  private static List<List<Received>> stretches(List<Received> fresh) {
    List<List<Received>> stretches = new ArrayList<>();
    List<Received> uploads = new ArrayList<>();
    for (Received received : fresh) {
      if (received.event() instanceof UploadEvent) {
        uploads.add(received);
      } else {
        stretches.add(uploads);
        stretches.add(List.of(received));
        uploads = new ArrayList<>();
      }
    }
    stretches.add(uploads);
    return stretches.stream().filter(s -> !s.isEmpty()).toList();
  }

  private Uni<Void> stretch(Mutiny.Session session, List<Received> stretch) {
    Received first = stretch.getFirst();
    return first.event() instanceof ImportEvent event
        ? traced(first, () -> imports.apply(session, first.eventId(), event))
        : inTurn(ofOneDraft(stretch), draft -> uploads(session, draft));
  }

  private static List<List<Received>> ofOneDraft(List<Received> stretch) {
    Map<Line, List<Received>> lines = new LinkedHashMap<>();
    stretch.forEach(r -> lines.computeIfAbsent(Line.of(r), line -> new ArrayList<>()).add(r));
    return List.copyOf(lines.values());
  }

  private Uni<Void> uploads(Mutiny.Session session, List<Received> ofDraft) {
    return ofDraft.size() == 1
        ? oneAfterAnother(session, ofDraft)
        : single
            .lock(session, (UploadEvent) ofDraft.getFirst().event())
            .flatMap(
                version ->
                    version.state() instanceof Draft && version.takesUploads()
                        ? together(session, version, ofDraft)
                        : oneAfterAnother(session, ofDraft));
  }

  private Uni<Void> together(Mutiny.Session session, Version draft, List<Received> ofDraft) {
    List<UploadEvent> events = ofDraft.stream().map(r -> (UploadEvent) r.event()).toList();
    BatchEffects effects = BatchEffects.of(events);
    ProjectScope scope = ProjectScope.system(draft.project());
    return files
        .conflict(session, scope, draft.fileSet(), effects.paths())
        .flatMap(
            conflict ->
                conflict.isPresent()
                    ? oneAfterAnother(session, ofDraft)
                    : traced(ofDraft.getFirst(), () -> write(session, scope, draft, effects))
                        .onFailure(IntakeService::isRefused)
                        .recoverWithUni(() -> oneAfterAnother(session, ofDraft)));
  }

  private Uni<Void> write(
      Mutiny.Session session, ProjectScope scope, Version draft, BatchEffects effects) {
    Uni<Void> put =
        effects.files().isEmpty()
            ? Uni.createFrom().voidItem()
            : drafts
                .putMany(session, scope, draft, effects.files())
                .chain(() -> uploads.uploaded(session, scope, draft, effects.completed()));
    return put.chain(() -> pending.settle(session, scope, draft.id(), effects.settled()))
        .chain(() -> pending.announce(session, scope, draft.id(), effects.announced()))
        .invoke(() -> effects.files().forEach(single::count));
  }

  private Uni<Void> oneAfterAnother(Mutiny.Session session, List<Received> some) {
    return inTurn(some, r -> traced(r, () -> single.apply(session, (UploadEvent) r.event())));
  }

  private static Uni<Void> traced(Received received, Supplier<Uni<Void>> work) {
    return TraceContext.continuing(received.traceparent(), SPAN, work);
  }

  private static <T> Uni<Void> inTurn(
      List<T> some, java.util.function.Function<T, Uni<Void>> work) {
    return Multi.createFrom()
        .iterable(some)
        .onItem()
        .transformToUniAndConcatenate(work::apply)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** A draft as facts name it. */
  private record Line(String project, UUID dataset, String version) {
    static Line of(Received received) {
      UploadEvent event = (UploadEvent) received.event();
      return new Line(event.project(), event.datasetId(), event.version());
    }
  }
}
