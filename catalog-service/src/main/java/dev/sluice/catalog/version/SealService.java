package dev.sluice.catalog.version;

import dev.sluice.catalog.dataset.DatasetLineService;
import dev.sluice.catalog.file.Content;
import dev.sluice.catalog.file.FileSetService;
import dev.sluice.catalog.file.PendingFile;
import dev.sluice.catalog.file.PendingService;
import dev.sluice.catalog.version.VersionProblem.FilesPending;
import dev.sluice.catalog.version.VersionProblem.FilesUnexpected;
import dev.sluice.catalog.version.VersionProblem.VersionReserved;
import dev.sluice.catalog.version.VersionProblem.VersionSealed;
import dev.sluice.catalog.version.VersionState.Draft;
import dev.sluice.catalog.version.VersionState.Dropped;
import dev.sluice.catalog.version.VersionState.Final;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.VersionRef;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes the content of drafts final: the one place that says {@code VersionCreated}. */
@ApplicationScoped
public class SealService {
  private final VersionRepository versions;
  private final LinkRepository links;
  private final FileSetService files;
  private final PendingService pending;
  private final DatasetLineService datasets;
  private final Clock clock;
  private final Timer published;

  SealService(
      VersionRepository versions,
      LinkRepository links,
      FileSetService files,
      PendingService pending,
      DatasetLineService datasets,
      Clock clock,
      MeterRegistry metrics) {
    this.versions = versions;
    this.links = links;
    this.files = files;
    this.pending = pending;
    this.datasets = datasets;
    this.clock = clock;
    this.published =
        Timer.builder("sluice.version.publish.duration")
            .description("From the opening of a draft to its seal")
            .register(metrics);
  }

  /** Seals a people's draft when it has what the caller expects; again with the same: no change. */
  Uni<VersionOfDataset> seal(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset locked, SealRequest expected) {
    return switch (locked.version().state()) {
      case Draft s -> sealDraft(session, scope, locked, expected);
      case Final s -> Uni.createFrom().item(() -> sameContent(locked, s, expected));
      case Dropped s -> throw new IllegalStateException("a dropped draft is not visible");
    };
  }

  /** Seals a locked draft as it is, and says so in the same transaction. */
  public Uni<VersionOfDataset> seal(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset locked) {
    return files
        .fold(session, scope, locked.version().fileSet())
        .flatMap(content -> seal(session, scope, locked, content));
  }

  /** Seals a locked draft with that content, and says so in the same transaction. */
  public Uni<VersionOfDataset> seal(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset locked, Content content) {
    if (!(locked.version().state() instanceof Draft draft)) {
      throw new IllegalArgumentException("not a draft: " + locked.number());
    }
    Instant now = clock.instant();
    Version sealed = locked.version().with(content).in(draft.sealed(content.digest(), now));
    return versions
        .save(session, scope, sealed)
        .chain(() -> pending.forget(session, scope, sealed.id()))
        .invoke(() -> CrashPoint.hit("catalog.seal.beforeFact"))
        .chain(() -> newest(session, scope, locked))
        .chain(() -> links.of(session, scope, sealed.id()))
        .chain(l -> Outbox.append(session, created(locked.with(sealed), content, l.inputs())))
        .invoke(() -> CrashPoint.hit("catalog.seal.beforeCommit"))
        .invoke(() -> published.record(Duration.between(sealed.createdAt(), now)))
        .replaceWith(locked.with(sealed));
  }

  /** Records which version is the newest to use, after one came or went. */
  Uni<Void> newest(Mutiny.Session session, ProjectScope scope, VersionOfDataset changed) {
    return versions
        .newest(session, scope, changed.dataset().id())
        .flatMap(n -> datasets.latest(session, scope, changed.dataset().id(), n));
  }

  private Uni<VersionOfDataset> sealDraft(
      Mutiny.Session session, ProjectScope scope, VersionOfDataset locked, SealRequest expected) {
    refuseReserved(locked);
    return pending
        .some(session, scope, locked.version().id())
        .invoke(some -> refuseIncomplete(locked.version(), expected, some))
        .chain(() -> files.fold(session, scope, locked.version().fileSet()))
        .invoke(content -> refuseOther(expected, content))
        .flatMap(content -> seal(session, scope, locked, content));
  }

  static void refuseReserved(VersionOfDataset found) {
    if (found.version().reserved()) {
      throw new VersionReserved(
              found.dataset().name(),
              found.number(),
              String.valueOf(found.version().producedBy().runId()))
          .exception();
    }
  }

  private static void refuseIncomplete(
      Version draft, SealRequest expected, List<PendingFile> pending) {
    long wanted = expected.checkedFiles();
    if (draft.files() < wanted || !pending.isEmpty()) {
      throw new FilesPending(wanted, draft.files(), pending, null).exception();
    }
    if (draft.files() > wanted) {
      throw new FilesUnexpected(wanted, draft.files()).exception();
    }
  }

  /** The number is right but a replaced file may be on its way, so the answer is: wait. */
  private static void refuseOther(SealRequest expected, Content content) {
    var digest = expected.checkedDigest();
    if (digest != null && !digest.equals(content.digest())) {
      throw new FilesPending(
              expected.checkedFiles(), content.files(), List.of(), content.digest().value())
          .exception();
    }
  }

  private static VersionOfDataset sameContent(
      VersionOfDataset found, Final state, SealRequest expected) {
    var digest = expected.checkedDigest();
    if (found.version().files() != expected.checkedFiles()
        || (digest != null && !digest.equals(state.seal().digest()))) {
      throw new VersionSealed(found.dataset().name(), found.number()).exception();
    }
    return found;
  }

  private VersionCreated created(
      VersionOfDataset sealed, Content content, List<VersionRef> inputs) {
    return new VersionCreated(
        sealed.version().project(),
        sealed.dataset().id().value(),
        sealed.dataset().name(),
        sealed.number(),
        sealed.dataset().dataType().text(),
        content.digest().value(),
        content.files(),
        content.bytes(),
        sealed.version().producedBy(),
        inputs,
        sealed.version().createdBy(),
        clock.instant());
  }
}
