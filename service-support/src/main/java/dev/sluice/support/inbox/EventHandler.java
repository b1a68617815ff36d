package dev.sluice.support.inbox;

import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;

/** The effect of one event, inside the transaction that also records that it happened. */
@FunctionalInterface
public interface EventHandler {
  Uni<Void> handle(Mutiny.Session session, Received received);
}
