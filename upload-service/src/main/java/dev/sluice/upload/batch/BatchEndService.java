package dev.sluice.upload.batch;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import dev.sluice.support.problem.Problem;
import dev.sluice.support.problem.ProblemException;
import dev.sluice.upload.batch.BatchViews.BatchProblem;
import dev.sluice.upload.batch.BatchViews.EndAnswer;
import dev.sluice.upload.batch.BatchViews.EndedUpload;
import dev.sluice.upload.batch.Ending.Put;
import dev.sluice.upload.file.FileContent;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.intake.DraftService;
import dev.sluice.upload.ledger.LockedUpload;
import dev.sluice.upload.ledger.LockedUploads;
import dev.sluice.upload.ledger.Target;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.ledger.UploadState.Failed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.part.StoredPartsService;
import dev.sluice.upload.problem.UploadProblem.Sha256Differs;
import dev.sluice.upload.problem.UploadProblem.UploadNotFound;
import dev.sluice.upload.session.VerificationSignal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The step complete_multipart_batch: the client's word moves uploads on, and reading back finds out
 * whether it is true. A part that is not there opens its upload again.
 */
@ApplicationScoped
class BatchEndService {
  private final UploadLedgerService ledger;
  private final DraftService drafts;
  private final StoredPartsService parts;
  private final VerificationSignal verification;
  private final Clock clock;

  BatchEndService(
      UploadLedgerService ledger,
      DraftService drafts,
      StoredPartsService parts,
      VerificationSignal verification,
      Clock clock) {
    this.ledger = ledger;
    this.drafts = drafts;
    this.parts = parts;
    this.verification = verification;
    this.clock = clock;
  }

  /** Where the uploads stand afterwards. */
  Uni<EndAnswer> end(ProjectScope scope, Ending ending) {
    return ledger
        .all(scope, ending.files().keySet())
        .flatMap(uploads -> closed(scope, uploads))
        .flatMap(
            closed ->
                ledger.locked(
                    scope, ending.files().keySet(), locked -> end(scope, locked, ending, closed)))
        .invoke(() -> CrashPoint.hit("upload.batch.ended"))
        .invoke(verification::wake);
  }

  /** Why drafts take no files any more. */
  private Uni<Map<Target, Problem>> closed(ProjectScope scope, List<Upload> uploads) {
    Map<Target, Problem> closed = new HashMap<>();
    List<Target> targets = uploads.stream().map(Upload::target).distinct().toList();
    return Multi.createFrom()
        .iterable(targets)
        .onItem()
        .transformToUniAndConcatenate(
            target ->
                drafts
                    .open(scope, target.dataset(), target.version())
                    .replaceWithVoid()
                    .onFailure(ProblemException.class)
                    .invoke(f -> closed.put(target, f.problem()))
                    .onFailure(ProblemException.class)
                    .recoverWithNull())
        .collect()
        .last()
        .replaceWith(closed);
  }

  private Uni<EndAnswer> end(
      ProjectScope scope, LockedUploads locked, Ending ending, Map<Target, Problem> closed) {
    Map<UploadId, EndedUpload> ended = new HashMap<>();
    Map<Upload, List<StoredPart>> put = new HashMap<>();
    for (LockedUpload each : locked.each()) {
      Put file = ending.files().get(each.upload().id());
      if (file != null) {
        ended.put(each.upload().id(), end(each, file, closed, put));
      }
    }
    return locked
        .write()
        .chain(() -> parts.record(locked.session(), scope, put, true))
        .replaceWith(() -> answer(ending, ended));
  }

  private EndedUpload end(
      LockedUpload locked,
      Put file,
      Map<Target, Problem> closed,
      Map<Upload, List<StoredPart>> put) {
    Upload upload = locked.upload();
    if (!(upload.state() instanceof Open open)) {
      return view(upload, Optional.empty());
    }
    Optional<Problem> fault =
        Optional.ofNullable(closed.get(upload.target())).or(() -> fault(upload, file));
    if (fault.isPresent()) {
      return view(upload, fault);
    }
    locked.tell(new FileContent(upload.content().size(), file.sha256()));
    put.put(
        upload, List.of(new StoredPart(1, upload.content().size(), file.etag(), file.crc32c())));
    return view(locked.become(open.verifying(clock.instant())), Optional.empty());
  }

  private static Optional<Problem> fault(Upload upload, Put file) {
    Optional<String> announced = upload.content().sha256();
    if (!upload.plan().single()) {
      return Optional.of(
          InvalidRequest.of(
              "uploadId", upload.id().toString(), "an upload of one part; this one has more"));
    } else if (announced.isEmpty() && file.sha256().isEmpty()) {
      return Optional.of(InvalidRequest.of("sha256", "", FileContent.SHA256_FORM));
    } else if (announced.isPresent()
        && file.sha256().isPresent()
        && !announced.equals(file.sha256())) {
      return Optional.of(
          new Sha256Differs(upload.id().value(), announced.get(), file.sha256().get()));
    }
    return Optional.empty();
  }

  private static EndedUpload view(Upload upload, Optional<Problem> problem) {
    String reason =
        switch (upload.state()) {
          case Ignored s -> s.reason();
          case Failed s -> s.reason();
          default -> null;
        };
    return new EndedUpload(
        upload.id().toString(),
        upload.state().label(),
        reason,
        problem.map(BatchProblem::of).orElse(null));
  }

  private static EndAnswer answer(Ending ending, Map<UploadId, EndedUpload> ended) {
    List<EndedUpload> answers = new ArrayList<>();
    for (UploadId id : ending.files().keySet()) {
      EndedUpload known = ended.get(id);
      answers.add(
          known != null
              ? known
              : new EndedUpload(
                  id.toString(), null, null, BatchProblem.of(new UploadNotFound(id.toString()))));
    }
    return new EndAnswer(answers);
  }
}
