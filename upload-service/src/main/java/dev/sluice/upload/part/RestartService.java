package dev.sluice.upload.part;

import dev.sluice.upload.ledger.LockedUpload;
import dev.sluice.upload.ledger.ScopedUpload;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.ledger.UploadState.Open;
import dev.sluice.upload.session.MultipartService;
import dev.sluice.upload.storage.PartStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.IntStream;

/** Begins anew when the store has forgotten an open upload's parts: it was put back or cleared. */
@ApplicationScoped
public class RestartService {
  private final UploadLedgerService ledger;
  private final MultipartService multiparts;
  private final PartStore store;
  private final StoredPartsService parts;

  RestartService(
      UploadLedgerService ledger,
      MultipartService multiparts,
      PartStore store,
      StoredPartsService parts) {
    this.ledger = ledger;
    this.multiparts = multiparts;
    this.store = store;
    this.parts = parts;
  }

  /**
   * The store's id of a new multipart upload; empty when the parts are gone because they were
   * merged.
   *
   * @param checksummed whether its parts will come with checksums
   */
  public Uni<Optional<String>> lost(ScopedUpload found, boolean checksummed) {
    Upload upload = found.upload();
    return store
        .whole(multiparts.addressOf(upload))
        .flatMap(
            object ->
                object.filter(o -> o.size() == upload.content().size()).isPresent()
                    ? Uni.createFrom().item(Optional.empty())
                    : restarted(found, checksummed).map(Optional::of));
  }

  private Uni<String> restarted(ScopedUpload found, boolean checksummed) {
    Upload upload = found.upload();
    return store
        .begin(multiparts.addressOf(upload), checksummed)
        .flatMap(
            fresh ->
                ledger
                    .locked(found.scope(), upload.id(), locked -> restart(found, locked, fresh))
                    .call(
                        kept ->
                            kept.equals(fresh)
                                ? Uni.createFrom().voidItem()
                                : store.abort(multiparts.addressOf(upload), fresh)));
  }

  /** Of two that begin anew at once the first wins. */
  private Uni<String> restart(ScopedUpload found, LockedUpload locked, String fresh) {
    Upload now = locked.upload();
    if (!(now.state() instanceof Open open)
        || !now.storeUploadId().equals(found.upload().storeUploadId())) {
      return Uni.createFrom().item(now.storeUploadId().orElse(fresh));
    }
    locked.reopen(open, Optional.of(fresh));
    return parts
        .reopen(
            found.scope(),
            locked,
            IntStream.rangeClosed(1, now.plan().partCount()).boxed().toList())
        .replaceWith(fresh);
  }
}
