package dev.sluice.bench.harness;

import dev.sluice.support.outbox.Outbox;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** What a service does: change a row and say so, or both not. */
@ApplicationScoped
class UseCase {
  private final Transactions transactions;
  private final Mutiny.SessionFactory sessions;
  private final RowRepository rows;
  private final Stopwatch stopwatch;

  UseCase(
      Transactions transactions,
      Mutiny.SessionFactory sessions,
      RowRepository rows,
      Stopwatch stopwatch) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.rows = rows;
    this.stopwatch = stopwatch;
  }

  /** Row and fact; the clock starts as the last thing inside the transaction. */
  Uni<Void> saveAndSay(Fact fact) {
    return transactions.in(
        session ->
            rows.insert(session, fact)
                .flatMap(done -> Outbox.append(session, fact.eventId(), fact.event()))
                .invoke(() -> stopwatch.start(fact.eventId())));
  }

  /** Row and a fact that nobody here consumes. */
  Uni<Void> saveAndSayUnheard(Fact fact) {
    return transactions.in(
        session ->
            rows.insert(session, fact)
                .flatMap(done -> Outbox.append(session, fact.eventId(), fact.unheardEvent())));
  }

  /** The row alone; the clock starts as the last thing inside the transaction. */
  Uni<Void> saveOnly(Fact fact) {
    return sessions.withTransaction(
        session -> rows.insert(session, fact).invoke(() -> stopwatch.start(fact.eventId())));
  }

  /** The next fact of a stream, in order; fails on demand after everything was written. */
  Uni<Fact> sayNext(String stream, boolean failAtTheEnd) {
    return transactions.in(
        session ->
            rows.next(session, stream)
                .map(seq -> new Fact(UUID.randomUUID(), stream, seq))
                .call(fact -> rows.insert(session, fact))
                .call(fact -> Outbox.append(session, fact.eventId(), fact.event()))
                .map(fact -> kept(fact, failAtTheEnd)));
  }

  private static Fact kept(Fact fact, boolean failAtTheEnd) {
    if (failAtTheEnd) {
      throw new RolledBack();
    }
    return fact;
  }

  /** Asked for, so that its fact must never be heard. */
  static final class RolledBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RolledBack() {
      super("rolled back as asked");
    }
  }
}
