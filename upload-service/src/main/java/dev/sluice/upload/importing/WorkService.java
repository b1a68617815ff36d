package dev.sluice.upload.importing;

import dev.sluice.events.ImportEvent.Origin;
import dev.sluice.events.ImportEvent.Place;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.upload.importing.ClaimRepository.Claim;
import dev.sluice.upload.importing.ImportState.Running;
import dev.sluice.upload.importing.transfer.Run;
import dev.sluice.upload.importing.transfer.StepService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries an import from where it is to its end, on a thread that may block: list, compare, reserve
 * a draft, bring what changed, hand over to the catalog. Each step is written down before the next.
 */
@ApplicationScoped
class WorkService {
  private static final PageRequest ONE = new PageRequest(1, "");

  private final StepService steps;
  private final HoldService holds;
  private final FileRepository files;
  private final SumRepository sums;
  private final SeenRepository seen;
  private final ListService listing;
  private final BringService bringing;
  private final ReservationClient catalog;
  private final Clock clock;

  WorkService(
      StepService steps,
      HoldService holds,
      FileRepository files,
      SumRepository sums,
      SeenRepository seen,
      ListService listing,
      BringService bringing,
      ReservationClient catalog,
      Clock clock) {
    this.steps = steps;
    this.holds = holds;
    this.files = files;
    this.sums = sums;
    this.seen = seen;
    this.listing = listing;
    this.bringing = bringing;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** Until it is committing or unchanged. */
  void carry(Run run, Claim claim) throws IOException {
    Import job = now(claim);
    if (!job.listed()) {
      listing.list(run, claim, job);
      job = now(claim);
    }
    if (job.destination().isEmpty()) {
      if (!isOpen(claim) && job.datasetId().isPresent()) {
        unchanged(claim);
        return;
      }
      reserve(claim, job);
      job = now(claim);
    }
    bringing.bring(run, claim, job, job.destination().orElseThrow());
    refuseFailed(claim);
    if (steps.in(s -> files.hasFormer(s, claim.scope(), claim.id()))) {
      giveUpDraft(claim, job);
      carry(run, claim);
      return;
    }
    CrashPoint.hit("import.commit.beforeCommit");
    commit(claim, keys(job));
    CrashPoint.hit("import.commit.afterCommit");
  }

  private Import now(Claim claim) {
    return steps.call(() -> holds.held(claim, locked -> Uni.createFrom().item(locked.job())));
  }

  /** Whether there is a file to bring, or one that was begun. */
  private boolean isOpen(Claim claim) {
    return !steps
        .in(
            s ->
                files.inState(s, claim.scope(), claim.id(), "pending,sending,imported,failed", ONE))
        .isEmpty();
  }

  /** A version has what was listed last and nothing else that an earlier attempt brought. */
  private void giveUpDraft(Claim claim, Import job) {
    steps.call(() -> catalog.release(job));
    steps.call(
        () ->
            holds.held(
                claim,
                locked -> {
                  locked.forgetDraft();
                  return Uni.createFrom().voidItem();
                }));
  }

  private void reserve(Claim claim, Import job) {
    Destination destination = steps.call(() -> catalog.reserve(job));
    CrashPoint.hit("import.reserve.afterCatalog");
    List<String> keys = keys(job);
    steps.call(
        () ->
            holds.held(
                claim,
                locked -> {
                  locked.take(destination);
                  return locked
                      .session()
                      .flush()
                      .chain(() -> bringAgain(claim, locked, destination, keys))
                      .chain(() -> started(locked, job, destination));
                }));
  }

  /** What did not change is in the draft already, or is brought at no cost. */
  private Uni<Void> bringAgain(
      Claim claim, LockedImport locked, Destination destination, List<String> keys) {
    return files
        .beginAgain(locked.session(), claim.scope(), claim.id())
        .chain(
            () ->
                seen.bringAgain(
                    locked.session(), claim.scope(), claim.id(), keys, destination.baseVersion()))
        .chain(() -> sums.progress(locked.session(), claim.scope(), claim.id()))
        .invoke(locked::take)
        .replaceWithVoid();
  }

  private Uni<Void> started(LockedImport locked, Import job, Destination destination) {
    return Outbox.append(locked.session(), ImportFacts.started(job, destination, clock.instant()));
  }

  private void refuseFailed(Claim claim) {
    List<ImportFile> failed =
        steps.in(s -> files.inState(s, claim.scope(), claim.id(), "failed", ONE));
    if (!failed.isEmpty()) {
      ImportFile first = failed.getFirst();
      throw new ImportFault("file-failed", "'" + first.path() + "': " + first.reason());
    }
  }

  /** With nothing that was not there before, no version is made. */
  private void commit(Claim claim, List<String> keys) {
    steps.call(
        () ->
            holds.held(
                claim,
                locked ->
                    sums.progress(locked.session(), claim.scope(), claim.id())
                        .invoke(locked::take)
                        .chain(() -> seen.isNew(locked.session(), claim.scope(), claim.id(), keys))
                        .invoke(isNew -> refuseNothing(isNew, locked.job().progress()))
                        .flatMap(isNew -> end(claim, locked, keys, !isNew))));
  }

  private static void refuseNothing(boolean isNew, Progress progress) {
    if (!isNew
        && progress.filesTotal() > 0
        && progress.filesDone() + progress.filesUnchanged() == 0) {
      throw new ImportFault(
          "nothing-taken",
          "None of the %d files belongs into the dataset.".formatted(progress.filesTotal()));
    }
  }

  private void unchanged(Claim claim) {
    steps.call(() -> holds.held(claim, locked -> end(claim, locked, keys(locked.job()), true)));
  }

  private Uni<Void> end(Claim claim, LockedImport locked, List<String> keys, boolean unchanged) {
    if (!(locked.job().state() instanceof Running running)) {
      throw new IllegalStateException("an import that is held is running");
    }
    Import before = locked.job();
    Instant at = clock.instant();
    Import after = locked.become(unchanged ? running.unchanged(at) : running.committing(at));
    if (unchanged) {
      locked.drop();
    }
    return locked
        .session()
        .flush()
        .chain(
            () ->
                unchanged
                    ? seen.remember(
                        locked.session(), claim.scope(), claim.id(), keys, Optional.empty())
                    : Uni.createFrom().voidItem())
        .chain(() -> origins(claim, locked, before.order()))
        .flatMap(
            origins ->
                Outbox.append(
                    locked.session(),
                    ImportFacts.completed(
                        after, before.datasetId().orElseThrow(), unchanged, origins, at)));
  }

  /** Where the files came from; with its tag where that is a single file. */
  private Uni<List<Origin>> origins(Claim claim, LockedImport locked, ImportOrder order) {
    return sums.tags(locked.session(), claim.scope(), claim.id())
        .map(
            tags -> {
              List<Origin> origins = new ArrayList<>();
              for (int no = 0; no < order.sources().size(); no++) {
                Place place = order.sources().get(no);
                origins.add(new Origin(Places.shown(place), tags.get(no)));
              }
              return origins;
            });
  }

  static List<String> keys(Import job) {
    return job.order().sources().stream().map(Places::key).toList();
  }
}
