package dev.sluice.upload.verification;

import dev.sluice.events.SluiceEvent;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.file.StoredPart;
import dev.sluice.upload.ledger.LockedUpload;
import dev.sluice.upload.ledger.LockedUploads;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadConfig;
import dev.sluice.upload.ledger.UploadFacts;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.ledger.UploadState.Ignored;
import dev.sluice.upload.ledger.UploadState.Verifying;
import dev.sluice.upload.part.StoredPartsService;
import dev.sluice.upload.verification.Verdict.Broken;
import dev.sluice.upload.verification.Verdict.Damaged;
import dev.sluice.upload.verification.Verdict.Foreign;
import dev.sluice.upload.verification.Verdict.Proved;
import dev.sluice.upload.verification.VerificationRepository.Claim;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes verdicts down, with their facts, where the claims still hold. */
@ApplicationScoped
class SettlementService {
  private final UploadLedgerService ledger;
  private final VerificationRepository claims;
  private final StoredPartsService parts;
  private final Transactions transactions;
  private final UploadConfig config;
  private final Clock clock;

  SettlementService(
      UploadLedgerService ledger,
      VerificationRepository claims,
      StoredPartsService parts,
      Transactions transactions,
      UploadConfig config,
      Clock clock) {
    this.ledger = ledger;
    this.claims = claims;
    this.parts = parts;
    this.transactions = transactions;
    this.config = config;
    this.clock = clock;
  }

  /** What is to be read for claims of one project. */
  Uni<List<Order>> orders(List<Claim> taken) {
    ProjectScope scope = taken.getFirst().scope();
    Map<UploadId, Claim> byId =
        taken.stream().collect(Collectors.toMap(Claim::id, Function.identity()));
    return ledger
        .all(scope, byId.keySet())
        .flatMap(
            uploads ->
                transactions
                    .reading(session -> parts.merged(session, scope, byId.keySet()))
                    .map(
                        told ->
                            uploads.stream().map(upload -> order(byId, upload, told)).toList()));
  }

  private static Order order(
      Map<UploadId, Claim> byId, Upload upload, Map<UploadId, List<StoredPart>> told) {
    Claim claim = Objects.requireNonNull(byId.get(upload.id()));
    return new Order(claim, upload, told.getOrDefault(upload.id(), List.of()));
  }

  /** Those that were written; the others had moved on without us. */
  Uni<List<Finding>> settle(List<Finding> findings, UUID owner) {
    ProjectScope scope = findings.getFirst().claim().scope();
    Map<UploadId, Finding> byId =
        findings.stream().collect(Collectors.toMap(f -> f.claim().id(), Function.identity()));
    return ledger.locked(
        scope,
        byId.keySet(),
        locked ->
            claims
                .ownedBy(locked.session(), scope, byId.keySet(), owner)
                .flatMap(mine -> settle(scope, locked, byId, mine)));
  }

  private Uni<List<Finding>> settle(
      ProjectScope scope, LockedUploads locked, Map<UploadId, Finding> byId, Set<UploadId> mine) {
    List<Finding> written = new ArrayList<>();
    List<SluiceEvent> facts = new ArrayList<>();
    Map<LockedUpload, Damaged> damaged = new HashMap<>();
    for (LockedUpload each : locked.each()) {
      Upload upload = each.upload();
      Finding finding = byId.get(upload.id());
      if (finding != null
          && mine.contains(upload.id())
          && upload.state() instanceof Verifying state) {
        written.add(finding);
        Upload after = settled(each, state, finding);
        facts.addAll(facts(after));
        if (finding.verdict() instanceof Damaged verdict) {
          damaged.put(each, verdict);
        }
      }
    }
    return locked
        .write()
        .chain(() -> reopen(scope, locked, damaged))
        .chain(() -> Outbox.appendAll(locked.session(), facts))
        .replaceWith(written);
  }

  private Uni<Void> reopen(
      ProjectScope scope, LockedUploads locked, Map<LockedUpload, Damaged> damaged) {
    if (damaged.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<UploadId> ids = damaged.keySet().stream().map(each -> each.upload().id()).toList();
    return Multi.createFrom()
        .iterable(damaged.entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            entry -> parts.reopen(scope, entry.getKey(), entry.getValue().parts()))
        .collect()
        .last()
        .chain(() -> claims.release(locked.session(), scope, ids));
  }

  private Upload settled(LockedUpload locked, Verifying state, Finding finding) {
    Instant now = clock.instant();
    return switch (finding.verdict()) {
      case Proved v -> {
        locked.tell(v.content());
        yield locked.become(state.completed(v.mediaType(), v.crc32c(), now));
      }
      case Foreign v -> locked.become(state.ignored(v.mediaType(), v.reason(), now));
      case Damaged v ->
          locked.reopen(
              state.reopened(v.reason(), now, now.plus(config.expiry())), finding.repairId());
      case Broken v -> locked.become(state.failed(v.reason(), now));
    };
  }

  private static List<SluiceEvent> facts(Upload upload) {
    return switch (upload.state()) {
      case Completed s -> List.of(UploadFacts.completed(upload, s));
      case Ignored s -> List.of(UploadFacts.ignored(upload, s));
      default -> List.of();
    };
  }

  /**
   * An object to read.
   *
   * @param parts that make it, with the checksums that were told
   */
  record Order(Claim claim, Upload upload, List<StoredPart> parts) {}
}
