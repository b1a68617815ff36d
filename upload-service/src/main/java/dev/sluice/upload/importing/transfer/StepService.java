package dev.sluice.upload.importing.transfer;

import dev.sluice.support.async.Contexts;
import dev.sluice.support.outbox.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/** Lets threads that may block wait for what the ledger and the store answer. */
@ApplicationScoped
public class StepService {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Transactions transactions;
  private final Vertx vertx;

  StepService(Transactions transactions, Vertx vertx) {
    this.transactions = transactions;
    this.vertx = vertx;
  }

  /** One transaction. */
  public <T> T in(Function<Mutiny.Session, Uni<T>> work) {
    return call(() -> transactions.in(work));
  }

  /** Work on a context of its own. */
  public <T> T call(Supplier<Uni<T>> work) {
    return Contexts.apart(vertx, work).await().atMost(LONGEST);
  }
}
