package dev.sluice.vectorsink.indexing;

import dev.sluice.support.outbox.Transactions;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Transactions for background work: each on an event loop context of its own, whichever thread
 * (worker, gRPC) the step before ended on.
 */
@ApplicationScoped
class LoopTransactions {
  private final Transactions transactions;
  private final Vertx vertx;

  LoopTransactions(Transactions transactions, Vertx vertx) {
    this.transactions = transactions;
    this.vertx = vertx;
  }

  <T> Uni<T> in(Function<Mutiny.Session, Uni<T>> work) {
    return Uni.createFrom().deferred(() -> transactions.in(work)).runSubscriptionOn(this::onLoop);
  }

  private void onLoop(Runnable task) {
    VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
        .runOnContext(ignored -> task.run());
  }
}
