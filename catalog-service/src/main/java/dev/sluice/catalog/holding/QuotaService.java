package dev.sluice.catalog.holding;

import dev.sluice.catalog.audit.AuditAction;
import dev.sluice.catalog.audit.AuditEntry;
import dev.sluice.catalog.audit.AuditService;
import dev.sluice.catalog.holding.Quota.Usage;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Says how much a project may hold: what its owners set, within what the settings allow. */
@ApplicationScoped
class QuotaService {
  private final Transactions transactions;
  private final QuotaRepository quotas;
  private final AuditService audit;
  private final QuotaConfig config;

  QuotaService(
      Transactions transactions, QuotaRepository quotas, AuditService audit, QuotaConfig config) {
    this.transactions = transactions;
    this.quotas = quotas;
    this.audit = audit;
    this.config = config;
  }

  Uni<Usage> usage(ProjectScope scope) {
    return transactions.reading(session -> usage(session, scope));
  }

  Uni<Usage> set(ProjectScope scope, Quota quota) {
    Long bytes = quota.checked(ceiling(scope).orElse(null));
    AuditEntry entry =
        AuditEntry.of(AuditAction.QUOTA_SET, null)
            .because(AuditService.reason(quota.reason()))
            .with("bytes", bytes == null ? "none" : bytes);
    return transactions.in(
        session ->
            put(session, scope, bytes)
                .chain(() -> audit.record(session, scope, entry))
                .chain(() -> usage(session, scope)));
  }

  /** What is checked when more is brought: the lower of both. */
  Uni<Optional<Long>> limit(Mutiny.Session session, ProjectScope scope) {
    return quotas.find(session, scope).map(own -> lower(own, ceiling(scope)));
  }

  private Uni<Void> put(Mutiny.Session session, ProjectScope scope, @Nullable Long bytes) {
    return bytes == null ? quotas.remove(session, scope) : quotas.put(session, scope, bytes);
  }

  private Uni<Usage> usage(Mutiny.Session session, ProjectScope scope) {
    Optional<Long> ceiling = ceiling(scope);
    return quotas
        .held(session, scope)
        .flatMap(
            held ->
                quotas
                    .find(session, scope)
                    .map(
                        own ->
                            new Usage(
                                held.objects(),
                                held.bytes(),
                                lower(own, ceiling).orElse(null),
                                own.orElse(null),
                                ceiling.orElse(null))));
  }

  private Optional<Long> ceiling(ProjectScope scope) {
    return Optional.ofNullable(config.projects().get(scope.project())).or(config::defaultBytes);
  }

  private static Optional<Long> lower(Optional<Long> own, Optional<Long> ceiling) {
    return own.isPresent() && ceiling.isPresent()
        ? Optional.of(Math.min(own.orElseThrow(), ceiling.orElseThrow()))
        : own.or(() -> ceiling);
  }
}
