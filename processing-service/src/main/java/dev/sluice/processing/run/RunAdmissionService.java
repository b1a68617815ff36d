package dev.sluice.processing.run;

import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Lets no more drivers onto Ray's head than it has memory for. Places are rows of a table, so that
 * no number of replicas gives one away twice.
 */
@ApplicationScoped
public class RunAdmissionService {
  private final Transactions transactions;
  private final RunRepository repository;
  private final RunConfig config;

  RunAdmissionService(Transactions transactions, RunRepository repository, RunConfig config) {
    this.transactions = transactions;
    this.repository = repository;
    this.config = config;
  }

  /** How many drivers the head has room for, one at least; empty when that is not limited. */
  Optional<Integer> places() {
    return config
        .headMemory()
        .map(memory -> Math.toIntExact(Math.max(1, memory / config.driverMemory())));
  }

  /** Gives free places to the runs that are next. */
  public Uni<Void> admit() {
    return places()
        .map(
            places ->
                transactions.in(
                    session -> repository.admitAnyProject(session, places, config.agesEvery())))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }

  /** What the run waits for; empty when it has a place or needs none. */
  public Uni<Optional<String>> waitsFor(Run run) {
    return places()
        .map(
            places ->
                transactions
                    .reading(session -> repository.placesTakenAnyProject(session, run.id()))
                    .map(taken -> taken.has() ? Optional.<String>empty() : text(taken, places)))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private static Optional<String> text(PlacesTaken taken, int places) {
    return Optional.of("admission: %d of %d places are taken".formatted(taken.count(), places));
  }

  /**
   * Places in use.
   *
   * @param has whether the run in question has one of them
   */
  record PlacesTaken(long count, boolean has) {}
}
