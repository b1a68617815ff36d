package dev.sluice.upload.reconcile;

import dev.sluice.events.SluiceEvent;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.upload.intake.HoldingsService;
import dev.sluice.upload.ledger.LockedUpload;
import dev.sluice.upload.ledger.LockedUploads;
import dev.sluice.upload.ledger.Upload;
import dev.sluice.upload.ledger.UploadFacts;
import dev.sluice.upload.ledger.UploadId;
import dev.sluice.upload.ledger.UploadLedgerService;
import dev.sluice.upload.ledger.UploadState.Completed;
import dev.sluice.upload.reconcile.Findings.Found;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Completed files whose object the catalog does not know although their draft is open: its database
 * was put back to an earlier hour. Their fact is said again; a catalog that has it takes no harm.
 */
@ApplicationScoped
class LostFactsService {
  private static final int PAGE = 1_000;

  private final Transactions transactions;
  private final ReconcileRepository rows;
  private final UploadLedgerService ledger;
  private final HoldingsService holdings;
  private final ReconcileConfig config;
  private final Clock clock;

  LostFactsService(
      Transactions transactions,
      ReconcileRepository rows,
      UploadLedgerService ledger,
      HoldingsService holdings,
      ReconcileConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.rows = rows;
    this.ledger = ledger;
    this.holdings = holdings;
    this.config = config;
    this.clock = clock;
  }

  /** Says them again, unless it is a dry run. */
  Uni<Found> sayAgain(ProjectScope scope, boolean dryRun) {
    return pages(scope, dryRun, new UUID(0, 0), Found.NONE);
  }

  private Uni<Found> pages(ProjectScope scope, boolean dryRun, UUID after, Found before) {
    Instant old = clock.instant().minus(config.grace());
    return transactions
        .reading(session -> rows.completedOfOpenDrafts(session, scope, old, after, PAGE))
        .flatMap(
            ids ->
                ids.isEmpty()
                    ? Uni.createFrom().item(before)
                    : page(scope, dryRun, ids)
                        .flatMap(found -> pages(scope, dryRun, ids.getLast(), before.and(found))));
  }

  private Uni<Found> page(ProjectScope scope, boolean dryRun, List<UUID> ids) {
    return ledger
        .all(scope, ids.stream().map(UploadId::new).toList())
        .flatMap(uploads -> lost(scope, uploads))
        .call(lost -> dryRun || lost.isEmpty() ? Uni.createFrom().voidItem() : say(scope, lost))
        .map(lost -> Found.of(ids.size(), lost.stream().map(u -> u.key().value()).toList()));
  }

  private Uni<List<Upload>> lost(ProjectScope scope, List<Upload> uploads) {
    return holdings
        .owned(scope, uploads.stream().map(Upload::key).toList())
        .map(
            (Set<String> owned) ->
                uploads.stream().filter(u -> !owned.contains(u.key().value())).toList());
  }

  private Uni<Void> say(ProjectScope scope, List<Upload> lost) {
    return ledger.locked(scope, lost.stream().map(Upload::id).toList(), LostFactsService::say);
  }

  private static Uni<Void> say(LockedUploads locked) {
    List<SluiceEvent> facts = new ArrayList<>();
    for (LockedUpload each : locked.each()) {
      if (each.upload().state() instanceof Completed completed) {
        facts.add(UploadFacts.completed(each.upload(), completed));
      }
    }
    return Outbox.appendAll(locked.session(), facts);
  }
}
