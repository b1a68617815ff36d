package dev.sluice.upload.part;

import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.intake.DraftService;
import dev.sluice.upload.ledger.ScopedUpload;
import dev.sluice.upload.ledger.Target;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.session.MultipartService;
import dev.sluice.upload.session.VerificationSignal;
import dev.sluice.upload.storage.PartStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What completing an upload asks of others. */
@ApplicationScoped
class MergeService {
  private final PartStore store;
  private final MultipartService multiparts;
  private final DraftService drafts;
  private final VerificationSignal verification;

  MergeService(
      PartStore store,
      MultipartService multiparts,
      DraftService drafts,
      VerificationSignal verification) {
    this.store = store;
    this.multiparts = multiparts;
    this.drafts = drafts;
    this.verification = verification;
  }

  /**
   * Fails unless the upload's draft still takes files.
   *
   * @throws dev.sluice.support.problem.ProblemException 409 for a sealed version
   */
  Uni<Void> draftIsOpen(ScopedUpload found) {
    Target target = found.upload().target();
    return drafts.unfinished(found.scope(), target.dataset(), target.version()).replaceWithVoid();
  }

  /** Makes the object of the parts; false when the store has forgotten them. */
  Uni<Boolean> merge(Upload upload, List<StoredPart> parts) {
    return upload.plan().single()
        ? Uni.createFrom().item(true)
        : store.merge(multiparts.addressOf(upload), upload.storeUploadId().orElseThrow(), parts);
  }

  /** Whether the whole object lies in the store. */
  Uni<Boolean> mergedBefore(Upload upload) {
    return store
        .whole(multiparts.landingOf(upload))
        .map(found -> found.filter(o -> o.size() == upload.content().size()).isPresent());
  }

  /** Whether an object of several parts lies in the store although nobody wrote that down. */
  Uni<Boolean> mergedAlone(Upload upload) {
    return upload.plan().single() ? Uni.createFrom().item(false) : mergedBefore(upload);
  }

  void wakeVerification() {
    verification.wake();
  }
}
