package dev.sluice.upload.verification;

import dev.sluice.support.outbox.Outbox;
import dev.sluice.upload.ledger.LockedUpload;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadFacts;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.ledger.UploadState.Aborted;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Failed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.ledger.UploadState.Verifying;
import dev.sluice.upload.verification.VerificationRepository.Claim;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/** Writes a verdict down, with its fact, if the claim still holds. */
@ApplicationScoped
class SettlementService {
  private final UploadLedgerService ledger;
  private final VerificationRepository claims;
  private final Clock clock;

  SettlementService(UploadLedgerService ledger, VerificationRepository claims, Clock clock) {
    this.ledger = ledger;
    this.claims = claims;
    this.clock = clock;
  }

  /** The upload of a claim. */
  Uni<Upload> upload(Claim claim) {
    return ledger.locked(
        claim.scope(), claim.id(), locked -> Uni.createFrom().item(locked.upload()));
  }

  /** True when the verdict was written; false when the upload had moved on without us. */
  Uni<Boolean> settle(Claim claim, UUID owner, Verdict verdict) {
    return ledger.locked(
        claim.scope(),
        claim.id(),
        locked ->
            claims
                .isOwner(locked.session(), claim.scope(), claim.id(), owner)
                .flatMap(mine -> settle(locked, mine, verdict)));
  }

  private Uni<Boolean> settle(LockedUpload locked, boolean mine, Verdict verdict) {
    if (!mine || !(locked.upload().state() instanceof Verifying state)) {
      return Uni.createFrom().item(false);
    }
    Upload upload = locked.become(verdict.following(state, clock.instant()));
    return say(locked, upload).replaceWith(true);
  }

  private static Uni<Void> say(LockedUpload locked, Upload upload) {
    return switch (upload.state()) {
      case Completed s -> Outbox.append(locked.session(), UploadFacts.completed(upload, s));
      case Ignored s -> Outbox.append(locked.session(), UploadFacts.ignored(upload, s));
      case Failed s -> Uni.createFrom().voidItem();
      case Aborted s -> Uni.createFrom().voidItem();
      case Open s -> Uni.createFrom().voidItem();
      case Verifying s -> Uni.createFrom().voidItem();
    };
  }
}
