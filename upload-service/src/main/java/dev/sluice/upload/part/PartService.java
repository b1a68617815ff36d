package dev.sluice.upload.part;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.FieldError;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.intake.DraftService;
import dev.sluice.upload.intake.HoldingsService;
import dev.sluice.upload.ledger.LockedUpload;
import dev.sluice.upload.ledger.ScopedUpload;
import dev.sluice.upload.ledger.Target;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadConfig;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.ledger.UploadState.Aborted;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Failed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.ledger.UploadState.Verifying;
import dev.sluice.upload.part.PartViews.Chunks;
import dev.sluice.upload.part.PartViews.Progress;
import dev.sluice.upload.problem.UploadProblem.PartNotStored;
import dev.sluice.upload.session.Announcement;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The steps get_chunks and update_chunk. */
@ApplicationScoped
class PartService {
  private final UploadLedgerService ledger;
  private final DraftService drafts;
  private final StoredPartsService stored;
  private final HoldingsService holdings;
  private final UploadConfig config;
  private final PartMeters meters;

  PartService(
      UploadLedgerService ledger,
      DraftService drafts,
      StoredPartsService stored,
      HoldingsService holdings,
      UploadConfig config,
      PartMeters meters) {
    this.holdings = holdings;
    this.config = config;
    this.ledger = ledger;
    this.drafts = drafts;
    this.stored = stored;
    this.meters = meters;
  }

  /**
   * What is known of the file, in this version and under this name.
   *
   * @throws dev.sluice.support.problem.ProblemException 404 for an unknown dataset or version
   */
  Uni<Chunks> chunks(ProjectScope scope, Announcement file) {
    return drafts
        .known(scope, file.dataset(), file.version())
        .flatMap(draft -> ledger.newest(scope, Target.of(draft), file.path()))
        .flatMap(
            newest ->
                newest
                    .filter(upload -> upload.mayCarry(file.content()))
                    .map(upload -> chunks(scope, upload, file))
                    .orElseGet(() -> unknown(scope, file)));
  }

  private Uni<Chunks> chunks(ProjectScope scope, Upload upload, Announcement file) {
    return switch (upload.state()) {
      case Open s ->
          stored
              .inStore(upload)
              .flatMap(
                  parts ->
                      parts.isPresent()
                          ? open(scope, upload, parts.get())
                          : settled(scope, upload).flatMap(now -> gone(scope, now, file)));
      case Verifying s -> Uni.createFrom().item(Chunks.of(upload, false, List.of()));
      case Completed s ->
          Uni.createFrom().item(Chunks.of(upload, upload.carries(file.content()), List.of()));
      case Aborted s -> unknown(scope, file);
      case Ignored s -> unknown(scope, file);
      case Failed s -> unknown(scope, file);
    };
  }

  private Uni<Chunks> open(ProjectScope scope, Upload upload, List<StoredPart> parts) {
    List<StoredPart> fitting = parts.stream().filter(upload.plan()::fits).toList();
    return stored.summed(scope, upload, fitting).map(p -> Chunks.of(upload, false, p));
  }

  /** The store knows the parts no more: they were just merged, or they are lost. */
  private Uni<Chunks> gone(ProjectScope scope, Upload now, Announcement file) {
    return now.state() instanceof Open
        ? Uni.createFrom().item(Chunks.of(now, false, List.of()))
        : chunks(scope, now, file);
  }

  /** The upload after whoever holds its row, perhaps to merge it, is done. */
  private Uni<Upload> settled(ProjectScope scope, Upload upload) {
    return ledger.locked(scope, upload.id(), locked -> Uni.createFrom().item(locked.upload()));
  }

  private Uni<Chunks> unknown(ProjectScope scope, Announcement file) {
    PartPlan plan = PartPlan.of(file.content().size(), config.smallestPart());
    return holdings
        .of(scope, List.of(file.content()))
        .map(held -> Chunks.ofNew(plan, held.sizes().contains(file.content().size())));
  }

  /**
   * Writes down those of the reported parts that the store has, with the ETag that the store has;
   * what is said to be there but is not is refused.
   *
   * @param told parts within the plan, and their checksums where the client knows them
   * @throws dev.sluice.support.problem.ProblemException 409 naming parts that are not stored
   */
  Uni<Progress> report(ScopedUpload found, Map<Integer, Optional<String>> told) {
    return stored
        .inStore(found.upload())
        .flatMap(
            parts ->
                parts.isPresent()
                    ? Uni.createFrom().item(reported(found.upload(), told, parts.get()))
                    : settled(found.scope(), found.upload())
                        .map(now -> reported(now, told, List.of())))
        .flatMap(
            parts ->
                ledger.locked(
                    found.scope(),
                    found.upload().id(),
                    locked -> record(found.scope(), locked, parts)));
  }

  private static List<StoredPart> reported(
      Upload upload, Map<Integer, Optional<String>> told, List<StoredPart> parts) {
    if (!(upload.state() instanceof Open)) {
      return List.of();
    }
    Map<Integer, StoredPart> byNumber =
        parts.stream()
            .filter(upload.plan()::fits)
            .collect(Collectors.toMap(StoredPart::partNumber, Function.identity()));
    List<FieldError> absent =
        told.keySet().stream()
            .filter(n -> !byNumber.containsKey(n))
            .map(n -> notStored(upload, n))
            .toList();
    if (!absent.isEmpty()) {
      throw new PartNotStored(upload.id().value(), absent).exception();
    }
    return byNumber.values().stream()
        .filter(part -> told.containsKey(part.partNumber()))
        .map(part -> part.with(told.getOrDefault(part.partNumber(), Optional.empty())))
        .toList();
  }

  static FieldError notStored(Upload upload, int partNumber) {
    return new FieldError(
        "partNumber",
        Integer.toString(partNumber),
        upload.plan().sizeOf(partNumber) + " bytes in the store");
  }

  private Uni<Progress> record(ProjectScope scope, LockedUpload locked, List<StoredPart> parts) {
    PartPlan plan = locked.upload().plan();
    return stored
        .record(scope, locked, parts, false)
        .invoke(meters::count)
        .chain(() -> stored.seen(scope, locked))
        .map(seen -> new Progress(seen.parts(), plan.partCount(), seen.bytes(), plan.fileSize()));
  }
}
