package dev.sluice.catalog.lineage;

import dev.sluice.events.SluiceEvent;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Whoever wants to know that the work of a run or an import has begun. */
public interface RunObserver {
  /** Within the transaction that takes the fact. */
  Uni<Void> started(Mutiny.Session session, UUID eventId, SluiceEvent fact);
}
