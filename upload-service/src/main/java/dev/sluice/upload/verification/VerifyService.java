package dev.sluice.upload.verification;

import dev.sluice.support.async.Contexts;
import dev.sluice.support.chaos.CrashPoint;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.intake.HoldingsService;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.problem.UploadProblem.ContentErased;
import dev.sluice.upload.session.MultipartService;
import dev.sluice.upload.storage.ObjectAddress;
import dev.sluice.upload.storage.PartStore;
import dev.sluice.upload.storage.StoreCopies;
import dev.sluice.upload.storage.StoredBytes;
import dev.sluice.upload.verification.SettlementService.Order;
import dev.sluice.upload.verification.Verdict.Damaged;
import dev.sluice.upload.verification.Verdict.Foreign;
import dev.sluice.upload.verification.Verdict.Proved;
import dev.sluice.upload.verification.VerificationRepository.Claim;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Proves uploads: reads each object once, on a worker thread, and settles them together. */
@ApplicationScoped
class VerifyService {
  private static final Logger LOG = Logger.getLogger(VerifyService.class);

  private final SettlementService settlement;
  private final PartStore store;
  private final StoreCopies copies;
  private final RepairService repairs;
  private final MultipartService multiparts;
  private final VerificationConfig config;
  private final HoldingsService holdings;
  private final MeterRegistry meters;

  VerifyService(
      SettlementService settlement,
      PartStore store,
      StoreCopies copies,
      RepairService repairs,
      MultipartService multiparts,
      VerificationConfig config,
      HoldingsService holdings,
      MeterRegistry meters) {
    this.settlement = settlement;
    this.store = store;
    this.copies = copies;
    this.repairs = repairs;
    this.multiparts = multiparts;
    this.config = config;
    this.holdings = holdings;
    this.meters = meters;
  }

  /**
   * Reads the objects of claims of one project back and writes the verdicts down.
   *
   * @return claims that could not be judged, because the store did not answer
   */
  Uni<List<Claim>> verify(List<Claim> claims, UUID owner) {
    Map<Claim, Finding> findings = new HashMap<>();
    return settlement
        .orders(claims)
        .onItem()
        .transformToMulti(orders -> Multi.createFrom().iterable(orders))
        .onItem()
        .transformToUni(
            order -> found(order).invoke(f -> f.ifPresent(x -> findings.put(x.claim(), x))))
        .merge(config.parallelism())
        .collect()
        .last()
        .chain(() -> keptOut(List.copyOf(findings.values())))
        .flatMap(judged -> settle(judged, owner))
        .map(settled -> claims.stream().filter(c -> !findings.containsKey(c)).toList());
  }

  /** What proved to be a content that was erased, and must not come back, is left out. */
  private Uni<List<Finding>> keptOut(List<Finding> findings) {
    Set<String> digests =
        findings.stream().flatMap(f -> digest(f).stream()).collect(Collectors.toSet());
    return digests.isEmpty()
        ? Uni.createFrom().item(findings)
        : holdings
            .blocked(findings.getFirst().claim().scope(), digests)
            .map(
                blocked ->
                    findings.stream().map(f -> judged(f, digest(f).map(blocked::get))).toList());
  }

  private static Optional<String> digest(Finding finding) {
    return finding.verdict() instanceof Proved proved
        ? proved.content().sha256()
        : Optional.empty();
  }

  private static Finding judged(Finding finding, Optional<String> reason) {
    return finding.verdict() instanceof Proved proved && reason.isPresent()
        ? new Finding(
            finding.claim(),
            finding.upload(),
            new Foreign(proved.mediaType(), ContentErased.because(reason.get())))
        : finding;
  }

  /** Empty when the store did not answer. */
  private Uni<Optional<Finding>> found(Order order) {
    return judged(order)
        .map(Optional::of)
        .onFailure()
        .invoke(
            f -> LOG.warnf("upload %s is read back later: %s", order.upload().id(), f.toString()))
        .onFailure()
        .recoverWithItem(Optional.empty());
  }

  private Uni<Finding> judged(Order order) {
    return Contexts.blocking(() -> read(order)).flatMap(read -> followUp(order, read));
  }

  private Read read(Order order) {
    Upload upload = order.upload();
    ObjectAddress address = multiparts.landingOf(upload);
    Optional<StoredBytes> object = store.open(address);
    if (object.isEmpty()) {
      return new Read(Verdict.absent(upload), "");
    }
    try (StoredBytes stored = object.get()) {
      List<StoredPart> parts = order.parts();
      return new Read(ReadBack.of(upload, parts, stored.bytes()), stored.etag());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Uni<Finding> followUp(Order order, Read read) {
    Finding finding = new Finding(order.claim(), order.upload(), read.verdict());
    return switch (read.verdict()) {
      case Proved proved -> promoted(order.upload(), read.etag()).replaceWith(finding);
      case Damaged damaged -> repairs.prepare(finding, damaged, read.etag());
      case Foreign f -> Uni.createFrom().item(finding);
      case Verdict.Broken b -> Uni.createFrom().item(finding);
    };
  }

  /** What waits under a key of its own gets the file's key, if it still is what was read. */
  private Uni<Void> promoted(Upload upload, String etag) {
    if (!upload.plan().single()) {
      return Uni.createFrom().voidItem();
    }
    return copies
        .object(
            multiparts.landingOf(upload),
            upload.content().size(),
            etag,
            multiparts.addressOf(upload))
        .invoke(
            copied -> {
              if (!copied) {
                throw new IllegalStateException("other bytes came while these were read");
              }
            })
        .invoke(() -> CrashPoint.hit("upload.verify.copied"))
        .replaceWithVoid();
  }

  private Uni<Void> settle(List<Finding> findings, UUID owner) {
    if (findings.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    CrashPoint.hit("upload.verify.beforeCommit");
    return settlement
        .settle(findings, owner)
        .invoke(written -> written.forEach(this::count))
        .invoke(() -> CrashPoint.hit("upload.verify.afterCommit"))
        .replaceWithVoid();
  }

  private void count(Finding finding) {
    meters.counter("sluice_upload_files", "outcome", finding.verdict().label()).increment();
    meters
        .counter("sluice_upload_verified_bytes")
        .increment((double) finding.upload().content().size());
  }

  /** What was read, and the ETag of exactly these bytes. */
  private record Read(Verdict verdict, String etag) {}
}
