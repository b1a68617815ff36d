package dev.sluice.processing.run;

import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lets none but the holder of a claim change a run. */
@ApplicationScoped
class RunFenceService {
  private final Transactions transactions;
  private final RunRepository repository;

  RunFenceService(Transactions transactions, RunRepository repository) {
    this.transactions = transactions;
    this.repository = repository;
  }

  /** Takes the step in a transaction of its own, with the row locked. */
  <T> Uni<T> locked(Claim claim, Step<T> step) {
    return transactions.in(
        session ->
            repository
                .lockAnyProject(session, claim.run())
                .map(row -> RunAdvance.held(claim, row))
                .flatMap(row -> step.take(session, row)));
  }

  /** As precise as the database keeps it. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /** What is done with the locked row. */
  @FunctionalInterface
  interface Step<T> {
    Uni<T> take(Mutiny.Session session, RunEntity row);
  }
}
