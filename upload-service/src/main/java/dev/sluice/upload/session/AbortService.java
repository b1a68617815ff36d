package dev.sluice.upload.session;

import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.upload.ledger.LockedUpload;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadFacts;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.ledger.UploadState.Aborted;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Failed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Live;
import dev.sluice.upload.problem.UploadProblem.UploadOver;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Gives uploads up. */
@ApplicationScoped
public class AbortService {
  private final UploadLedgerService ledger;
  private final CleanupService cleanup;
  private final Clock clock;

  AbortService(UploadLedgerService ledger, CleanupService cleanup, Clock clock) {
    this.ledger = ledger;
    this.cleanup = cleanup;
    this.clock = clock;
  }

  /**
   * Gives the upload up; its bytes are thrown away soon. Not an error when that has happened.
   *
   * @throws dev.sluice.support.problem.ProblemException 409 when it is completed
   */
  public Uni<Void> abort(ProjectScope scope, UploadId id, String reason) {
    return ledger
        .locked(scope, id, locked -> abort(locked, reason))
        .invoke(cleanup::wake)
        .replaceWithVoid();
  }

  private Uni<Upload> abort(LockedUpload locked, String reason) {
    Upload upload = locked.upload();
    return switch (upload.state()) {
      case Live live -> become(locked, live.aborted(reason, clock.instant()));
      case Aborted s -> Uni.createFrom().item(upload);
      case Ignored s -> Uni.createFrom().item(upload);
      case Failed s -> Uni.createFrom().item(upload);
      case Completed s -> throw new UploadOver(upload.id().value(), s.label(), "abort").exception();
    };
  }

  private static Uni<Upload> become(LockedUpload locked, Aborted state) {
    Upload upload = locked.become(state);
    return Outbox.append(locked.session(), UploadFacts.aborted(upload, state)).replaceWith(upload);
  }
}
