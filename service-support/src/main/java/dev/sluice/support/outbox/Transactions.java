package dev.sluice.support.outbox;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * One PostgreSQL transaction around a use case: its state change and its facts commit together,
 * then the outbox is told that there may be facts to say.
 */
@ApplicationScoped
public class Transactions {
  private final Mutiny.SessionFactory sessions;
  private final OutboxRelay relay;

  Transactions(Mutiny.SessionFactory sessions, OutboxRelay relay) {
    this.sessions = sessions;
    this.relay = relay;
  }

  /** Runs {@code work} in a transaction; a failure rolls everything back. */
  public <T> Uni<T> in(Function<Mutiny.Session, Uni<T>> work) {
    return sessions.withTransaction((session, tx) -> work.apply(session)).invoke(relay::wake);
  }

  /** Runs {@code work} with a session that only reads. */
  public <T> Uni<T> reading(Function<Mutiny.Session, Uni<T>> work) {
    return sessions.withSession(work);
  }
}
