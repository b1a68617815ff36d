package dev.sluice.upload.verification;

import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.upload.async.Contexts;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.session.MultipartService;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.PartStore;
import dev.sluice.upload.verification.VerificationRepository.Claim;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;

/** Proves one upload, on a worker thread. */
@ApplicationScoped
class VerifyService {
  private final SettlementService settlement;
  private final PartStore store;
  private final MultipartService multiparts;
  private final MeterRegistry meters;

  VerifyService(
      SettlementService settlement,
      PartStore store,
      MultipartService multiparts,
      MeterRegistry meters) {
    this.settlement = settlement;
    this.store = store;
    this.multiparts = multiparts;
    this.meters = meters;
  }

  /** Reads the object of a claim back and writes the verdict down. */
  Uni<Void> verify(Claim claim, UUID owner) {
    return settlement
        .upload(claim)
        .flatMap(upload -> verdict(upload).call(v -> settle(claim, owner, upload, v)))
        .replaceWithVoid();
  }

  /** An object that is not there at all is broken; a store that does not answer is asked later. */
  private Uni<Verdict> verdict(Upload upload) {
    ObjectAddress address = multiparts.addressOf(upload);
    return store
        .whole(address)
        .flatMap(
            found ->
                found
                    .map(object -> Contexts.blocking(() -> read(upload, address, object.size())))
                    .orElseGet(() -> absent()));
  }

  private static Uni<Verdict> absent() {
    return Uni.createFrom().item(new Verdict.Broken("the object is not in the store"));
  }

  /** A range of an empty object is refused by stores, so its bytes are not asked for. */
  private Verdict read(Upload upload, ObjectAddress address, long size) {
    try (InputStream object = size == 0 ? InputStream.nullInputStream() : store.open(address)) {
      return ReadBack.of(upload, object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Uni<Boolean> settle(Claim claim, UUID owner, Upload upload, Verdict verdict) {
    CrashPoint.hit("upload.verify.beforeCommit");
    return settlement
        .settle(claim, owner, verdict)
        .invoke(written -> count(written, upload, verdict))
        .invoke(() -> CrashPoint.hit("upload.verify.afterCommit"));
  }

  private void count(boolean written, Upload upload, Verdict verdict) {
    if (written) {
      meters.counter("sluice_upload_files", "outcome", verdict.label()).increment();
      meters.counter("sluice_upload_verified_bytes").increment((double) upload.content().size());
    }
  }
}
