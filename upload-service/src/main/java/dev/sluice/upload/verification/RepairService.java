package dev.sluice.upload.verification;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.upload.file.PartPlan;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.session.MultipartService;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.PartStore;
import dev.sluice.upload.storage.StoreCopies;
import dev.sluice.upload.storage.StoreCopies.PartCopy;
import dev.sluice.upload.verification.Verdict.Damaged;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps what is good of a damaged object: a new multipart upload gets the good parts by copies
 * inside the store, so that the client sends the others alone.
 */
@ApplicationScoped
class RepairService {
  private static final int COPIES_AT_ONCE = 4;

  private final PartStore store;
  private final StoreCopies copies;
  private final MultipartService multiparts;

  RepairService(PartStore store, StoreCopies copies, MultipartService multiparts) {
    this.store = store;
    this.copies = copies;
    this.multiparts = multiparts;
  }

  /**
   * Prepares the parts that need not be sent again.
   *
   * @param etag of the damaged object
   */
  Uni<Finding> prepare(Finding finding, Damaged damaged, String etag) {
    Upload upload = finding.upload();
    if (upload.plan().single()) {
      return store
          .delete(
              multiparts.landingOf(upload).bucket(), List.of(multiparts.landingOf(upload).key()))
          .replaceWith(finding);
    }
    ObjectAddress address = multiparts.addressOf(upload);
    return store
        .begin(address, false)
        .invoke(() -> CrashPoint.hit("upload.repair.begun"))
        .call(id -> copyGood(upload.plan(), damaged, address, etag, id))
        .map(
            id ->
                new Finding(finding.claim(), upload, finding.verdict(), java.util.Optional.of(id)));
  }

  private Uni<Void> copyGood(
      PartPlan plan, Damaged damaged, ObjectAddress address, String etag, String storeUploadId) {
    return Multi.createFrom()
        .iterable(IntStream.rangeClosed(1, plan.partCount()).boxed().toList())
        .filter(number -> !damaged.parts().contains(number))
        .onItem()
        .transformToUni(
            number ->
                copies.part(
                    new PartCopy(
                        address,
                        etag,
                        plan.partSize() * (number - 1L),
                        plan.sizeOf(number),
                        address,
                        storeUploadId,
                        number)))
        .merge(COPIES_AT_ONCE)
        .collect()
        .last()
        .replaceWithVoid();
  }
}
