package dev.sluice.catalog.holding;

import dev.sluice.catalog.holding.HoldingsQuestion.Content;
import dev.sluice.catalog.holding.HoldingsView.Held;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds contents that a project holds. */
@ApplicationScoped
class HoldingsService {
  private final Transactions transactions;
  private final HoldingsRepository objects;
  private final QuotaService quotas;

  HoldingsService(Transactions transactions, HoldingsRepository objects, QuotaService quotas) {
    this.transactions = transactions;
    this.objects = objects;
    this.quotas = quotas;
  }

  /** What of the contents is held. */
  Uni<HoldingsView> of(ProjectScope scope, List<Content> contents) {
    List<String> digests =
        contents.stream().map(Content::sha256).filter(Objects::nonNull).distinct().toList();
    List<Long> sizes =
        contents.stream().filter(c -> c.sha256() == null).map(Content::size).distinct().toList();
    return transactions.in(
        session ->
            objects
                .withDigest(session, scope, digests)
                .flatMap(
                    held ->
                        objects
                            .sizes(session, scope, sizes)
                            .flatMap(some -> view(session, scope, held, some))));
  }

  private Uni<HoldingsView> view(
      Mutiny.Session session, ProjectScope scope, List<Held> held, List<Long> sizes) {
    return quotas
        .limit(session, scope)
        .flatMap(
            limit ->
                used(session, scope, limit)
                    .map(used -> new HoldingsView(held, sizes, used, limit.orElse(null))));
  }

  /** Those of the keys that files point at. */
  Uni<List<String>> owned(ProjectScope scope, List<String> keys) {
    return transactions.reading(session -> objects.owned(session, scope, keys));
  }

  private Uni<Long> used(Mutiny.Session session, ProjectScope scope, Optional<Long> limit) {
    return limit.isPresent() ? objects.usedBytes(session, scope) : Uni.createFrom().item(0L);
  }
}
