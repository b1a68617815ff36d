package dev.sluice.upload.part;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.FieldError;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.intake.Draft;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The steps get_chunks and update_chunk. */
@ApplicationScoped
class PartService {
  private final UploadLedgerService ledger;
  private final DraftService drafts;
  private final StoredPartsService stored;
  private final MergeService merging;
  private final HoldingsService holdings;
  private final UploadConfig config;
  private final PartMeters meters;

  PartService(
      UploadLedgerService ledger,
      DraftService drafts,
      StoredPartsService stored,
      MergeService merging,
      HoldingsService holdings,
      UploadConfig config,
      PartMeters meters) {
    this.holdings = holdings;
    this.config = config;
    this.ledger = ledger;
    this.drafts = drafts;
    this.stored = stored;
    this.merging = merging;
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
        .flatMap(
            draft ->
                ledger
                    .newest(scope, Target.of(draft), file.path())
                    .flatMap(
                        newest ->
                            newest
                                .filter(upload -> upload.mayCarry(file.content()))
                                .map(upload -> known(scope, draft, upload, file))
                                .orElseGet(() -> unknown(scope, file))));
  }

  /** Of a completed upload nothing is known once its file was taken out of the draft. */
  private Uni<Chunks> known(ProjectScope scope, Draft draft, Upload upload, Announcement file) {
    if (!(upload.state() instanceof Completed completed)) {
      return chunks(scope, upload, file);
    }
    return holdings
        .of(scope, List.of(file.content()), draft, List.of(file.path()))
        .flatMap(
            held ->
                held.stillHas(file.path(), upload.content().sha256(), completed.since())
                    ? chunks(scope, upload, file)
                    : unknown(scope, file));
  }

  private Uni<Chunks> chunks(ProjectScope scope, Upload upload, Announcement file) {
    return switch (upload.state()) {
      case Open s -> open(scope, upload, file, true);
      case Verifying s -> Uni.createFrom().item(Chunks.of(upload, false, List.of()));
      case Completed s ->
          Uni.createFrom().item(Chunks.of(upload, upload.carries(file.content()), List.of()));
      case Aborted s -> unknown(scope, file);
      case Ignored s -> unknown(scope, file);
      case Failed s -> unknown(scope, file);
    };
  }

  /**
   * What the store has. A store that lacks what the ledger knows may be merging it at this moment,
   * and forgets parts one by one.
   *
   * @param wait whether to look again after a merge that may be under way
   */
  private Uni<Chunks> open(ProjectScope scope, Upload upload, Announcement file, boolean wait) {
    return stored
        .inStore(upload)
        .flatMap(
            parts ->
                stored
                    .told(scope, upload)
                    .flatMap(
                        told ->
                            wait && isLacking(parts, told)
                                ? settled(scope, upload).flatMap(now -> after(scope, now, file))
                                : Uni.createFrom().item(open(upload, parts, told))));
  }

  private static boolean isLacking(Optional<List<StoredPart>> parts, List<StoredPart> told) {
    Set<Integer> there =
        parts.orElse(List.of()).stream().map(StoredPart::partNumber).collect(Collectors.toSet());
    return parts.isEmpty() || told.stream().anyMatch(part -> !there.contains(part.partNumber()));
  }

  private static Chunks open(
      Upload upload, Optional<List<StoredPart>> parts, List<StoredPart> told) {
    List<StoredPart> fitting =
        parts.orElse(List.of()).stream().filter(upload.plan()::fits).toList();
    return Chunks.of(upload, false, StoredPartsService.summed(fitting, told));
  }

  /** The store lacks parts: they were just merged, or they are lost. */
  private Uni<Chunks> after(ProjectScope scope, Upload now, Announcement file) {
    return now.state() instanceof Open
        ? merging
            .mergedAlone(now)
            .flatMap(merged -> merged ? known(scope, now) : open(scope, now, file, false))
        : chunks(scope, now, file);
  }

  /** The parts that the ledger knows: a step that died merged them, and nothing is to be sent. */
  private Uni<Chunks> known(ProjectScope scope, Upload upload) {
    return stored
        .told(scope, upload)
        .map(
            told ->
                told.stream()
                    .collect(
                        Collectors.toMap(
                            StoredPart::partNumber, part -> part, (a, b) -> b, TreeMap::new)))
        .map(parts -> Chunks.of(upload, false, List.copyOf(parts.values())));
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
                absent(found.upload(), told, fitting(found.upload(), parts)).isEmpty()
                    ? Uni.createFrom().item(reported(found.upload(), told, parts))
                    : settled(found.scope(), found.upload())
                        .flatMap(
                            now -> stored.inStore(now).map(again -> reported(now, told, again))))
        .flatMap(
            parts ->
                ledger.locked(
                    found.scope(),
                    found.upload().id(),
                    locked -> record(found.scope(), locked, parts)));
  }

  private static List<StoredPart> reported(
      Upload upload, Map<Integer, Optional<String>> told, Optional<List<StoredPart>> parts) {
    if (!(upload.state() instanceof Open)) {
      return List.of();
    }
    Map<Integer, StoredPart> fitting = fitting(upload, parts);
    List<FieldError> absent = absent(upload, told, fitting);
    if (!absent.isEmpty()) {
      throw new PartNotStored(upload.id().value(), absent).exception();
    }
    return fitting.values().stream()
        .filter(part -> told.containsKey(part.partNumber()))
        .map(part -> part.with(told.getOrDefault(part.partNumber(), Optional.empty())))
        .toList();
  }

  private static Map<Integer, StoredPart> fitting(Upload upload, Optional<List<StoredPart>> parts) {
    return parts.orElse(List.of()).stream()
        .filter(upload.plan()::fits)
        .collect(Collectors.toMap(StoredPart::partNumber, Function.identity()));
  }

  private static List<FieldError> absent(
      Upload upload, Map<Integer, Optional<String>> told, Map<Integer, StoredPart> there) {
    return told.keySet().stream()
        .filter(n -> !there.containsKey(n))
        .map(n -> notStored(upload, n))
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
