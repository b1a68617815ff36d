package dev.sluice.support.inbox;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The effects of several events, inside the transaction that also records that they happened. */
@FunctionalInterface
public interface BatchHandler {
  /**
   * Writes the effects.
   *
   * @param fresh events without an effect yet, in their order; never empty
   */
  Uni<Void> handle(Mutiny.Session session, List<Received> fresh);
}
