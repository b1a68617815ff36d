package dev.sluice.upload.part;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.FieldError;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.LockedUpload;
import dev.sluice.upload.ledger.ScopedUpload;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.ledger.UploadState.Aborted;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Failed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.ledger.UploadState.Verifying;
import dev.sluice.upload.problem.UploadProblem.PartsMissing;
import dev.sluice.upload.problem.UploadProblem.Sha256Differs;
import dev.sluice.upload.problem.UploadProblem.UploadOver;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The step complete_multipart. Two at once, one after a crash, and one too late are all safe: the
 * row's lock lets one of them merge and move the upload on.
 */
@ApplicationScoped
public class CompletionService {
  private final UploadLedgerService ledger;
  private final StoredPartsService stored;
  private final MergeService merging;
  private final PartMeters meters;
  private final Clock clock;

  CompletionService(
      UploadLedgerService ledger,
      StoredPartsService stored,
      MergeService merging,
      PartMeters meters,
      Clock clock) {
    this.ledger = ledger;
    this.stored = stored;
    this.merging = merging;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * The upload, verifying or at its end.
   *
   * @param told SHA-256 of the whole file, unless it was announced
   * @param sums checksums of parts that the client knows
   * @throws dev.sluice.support.problem.ProblemException 409 naming missing parts, or when the
   *     upload was aborted
   */
  Uni<Upload> complete(
      ScopedUpload found, Optional<String> told, Map<Integer, Optional<String>> sums) {
    Upload upload = found.upload();
    Optional<String> sha256 = digest(upload, told);
    if (!(upload.state() instanceof Open)) {
      return Uni.createFrom().item(() -> answer(upload));
    }
    if (sha256.isEmpty()) {
      throw InvalidRequest.of("sha256", "", FileContent.SHA256_FORM).exception();
    }
    return complete(found, new FileContent(upload.content().size(), sha256), sums);
  }

  /**
   * The same for a file that the service itself brought: its digest may be what is read back.
   *
   * @param content with the digest, where it is known
   */
  public Uni<Upload> complete(
      ScopedUpload found, FileContent content, Map<Integer, Optional<String>> sums) {
    return merging
        .draftIsOpen(found)
        .chain(
            () ->
                ledger.locked(
                    found.scope(),
                    found.upload().id(),
                    locked -> mergeLocked(found.scope(), locked, content, sums)))
        .invoke(done -> CrashPoint.hit("upload.complete.afterCommit"))
        .invoke(done -> merging.wakeVerification());
  }

  /** The row is held while the store merges: a second request waits, and finds it done. */
  private Uni<Upload> mergeLocked(
      ProjectScope scope,
      LockedUpload locked,
      FileContent content,
      Map<Integer, Optional<String>> sums) {
    Upload upload = locked.upload();
    if (!(upload.state() instanceof Open)) {
      return Uni.createFrom().item(() -> answer(upload));
    }
    return stored
        .inStore(upload)
        .map(parts -> parts.map(all -> summed(all, sums)))
        .flatMap(parts -> merged(upload, parts))
        .invoke(() -> CrashPoint.hit("upload.complete.afterS3"))
        .flatMap(parts -> moveOn(scope, locked, content, parts));
  }

  private static Optional<String> digest(Upload upload, Optional<String> told) {
    Optional<String> announced = upload.content().sha256();
    if (told.isPresent() && announced.isPresent() && !told.equals(announced)) {
      throw new Sha256Differs(upload.id().value(), announced.get(), told.get()).exception();
    }
    return announced.or(() -> told);
  }

  private static List<StoredPart> summed(
      List<StoredPart> parts, Map<Integer, Optional<String>> sums) {
    return parts.stream()
        .map(part -> part.with(sums.getOrDefault(part.partNumber(), Optional.empty())))
        .toList();
  }

  private static Upload answer(Upload upload) {
    return switch (upload.state()) {
      case Open s -> upload;
      case Verifying s -> upload;
      case Completed s -> upload;
      case Ignored s -> upload;
      case Failed s -> upload;
      case Aborted s ->
          throw new UploadOver(upload.id().value(), s.label(), "complete_multipart").exception();
    };
  }

  /** Parts that went into the object; none when an earlier, unfinished step merged them. */
  private Uni<List<StoredPart>> merged(Upload upload, Optional<List<StoredPart>> parts) {
    if (parts.isEmpty()) {
      return merging.mergedBefore(upload).map(there -> demand(upload, there));
    }
    List<StoredPart> fitting = parts.get().stream().filter(upload.plan()::fits).toList();
    refuseMissing(upload, upload.plan().missing(fitting));
    CrashPoint.hit("upload.complete.beforeS3");
    return merging
        .merge(upload, fitting)
        .flatMap(
            now ->
                now
                    ? Uni.createFrom().item(fitting)
                    : merging.mergedBefore(upload).map(there -> demand(upload, there)));
  }

  /** The store forgot the parts: the object must be there, else all of them are missing. */
  private static List<StoredPart> demand(Upload upload, boolean objectIsThere) {
    if (!objectIsThere) {
      refuseMissing(upload, upload.plan().missing(List.of()));
    }
    return List.of();
  }

  private static void refuseMissing(Upload upload, List<Integer> missing) {
    if (!missing.isEmpty()) {
      List<FieldError> errors =
          missing.stream().map(n -> PartService.notStored(upload, n)).toList();
      throw new PartsMissing(upload.id().value(), errors).exception();
    }
  }

  private Uni<Upload> moveOn(
      ProjectScope scope, LockedUpload locked, FileContent content, List<StoredPart> parts) {
    if (!(locked.upload().state() instanceof Open open)) {
      return Uni.createFrom().item(() -> answer(locked.upload()));
    }
    return stored
        .record(scope, locked, parts, true)
        .invoke(meters::count)
        .invoke(() -> locked.tell(content))
        .map(fresh -> locked.become(open.verifying(clock.instant())));
  }
}
