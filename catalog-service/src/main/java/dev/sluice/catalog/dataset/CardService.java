package dev.sluice.catalog.dataset;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Reads and writes the cards of datasets. */
@ApplicationScoped
class CardService {
  private final Transactions transactions;
  private final DatasetLineService line;
  private final CardRepository cards;
  private final AuditService audit;
  private final Clock clock;

  CardService(
      Transactions transactions,
      DatasetLineService line,
      CardRepository cards,
      AuditService audit,
      Clock clock) {
    this.transactions = transactions;
    this.line = line;
    this.cards = cards;
    this.audit = audit;
    this.clock = clock;
  }

  Uni<Card> get(ProjectScope scope, String dataset) {
    return transactions.reading(
        session ->
            line.get(session, scope, dataset).flatMap(d -> cards.get(session, scope, d.id())));
  }

  /** Replaces the card of the revision the caller read; 428 or 412 without or with another. */
  Uni<Card> put(ProjectScope scope, String dataset, String markdown, @Nullable String ifMatch) {
    return transactions.in(
        session ->
            line.lock(session, scope, dataset)
                .flatMap(
                    d ->
                        cards
                            .get(session, scope, d.id())
                            .invoke(
                                old ->
                                    EntityTags.required(
                                        ifMatch, "the card of " + d.name(), old.revision()))
                            .map(old -> old.changed(markdown))
                            .call(card -> cards.put(session, scope, d.id(), card, clock.instant()))
                            .call(card -> audit.record(session, scope, changed(d, card)))));
  }

  private static AuditEntry changed(Dataset dataset, Card card) {
    return AuditEntry.of(AuditAction.CARD_CHANGED, dataset.id().value(), dataset.name())
        .with("revision", card.revision());
  }
}
