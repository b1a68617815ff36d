package dev.sluice.catalog.audit;

import dev.sluice.catalog.Texts;
import dev.sluice.support.http.Page;
import dev.sluice.support.http.PageRequest;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.outbox.Transactions;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Remembers who changed what, in the transaction of the change. */
@ApplicationScoped
public class AuditService {
  private static final int LONGEST_REASON = 1_000;

  private final Transactions transactions;
  private final AuditRepository entries;

  AuditService(Transactions transactions, AuditRepository entries) {
    this.transactions = transactions;
    this.entries = entries;
  }

  /** Adds an entry that commits with the caller's transaction. */
  public Uni<Void> record(Mutiny.Session session, ProjectScope scope, AuditEntry entry) {
    return entries.add(session, scope, entry);
  }

  /** A reason as a person wrote it; 400 when it is too long. */
  public static @Nullable String reason(@Nullable String text) {
    return Texts.checked("reason", text, LONGEST_REASON);
  }

  Uni<Page<AuditView>> list(ProjectScope scope, AuditFilter filter, PageRequest page) {
    long before = before(page.after());
    return transactions
        .reading(session -> entries.page(session, scope, filter, before, page.fetch()))
        .map(rows -> Page.of(rows, page, entry -> Long.toString(entry.id())));
  }

  private static long before(String after) {
    try {
      return after.isEmpty() ? Long.MAX_VALUE : Long.parseLong(after);
    } catch (NumberFormatException e) {
      throw InvalidRequest.of("cursor", after, "a nextCursor of this list").exception();
    }
  }
}
