package dev.sluice.bench.harness;

import dev.sluice.events.SluiceEvent;
import dev.sluice.events.UploadEvent;
import dev.sluice.support.inbox.Inbox;
import dev.sluice.support.inbox.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Gives each fact of this service its effect, as any consumer of Sluice does. */
@ApplicationScoped
class FactsConsumer {
  private static final Set<Class<? extends SluiceEvent>> OF =
      Set.of(UploadEvent.ChunkUploaded.class);

  private final Inbox inbox;
  private final RowRepository rows;
  private final Stopwatch stopwatch;

  FactsConsumer(Inbox inbox, RowRepository rows, Stopwatch stopwatch) {
    this.inbox = inbox;
    this.rows = rows;
    this.stopwatch = stopwatch;
  }

  @Incoming("facts")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    ConcurrentLinkedQueue<UUID> written = new ConcurrentLinkedQueue<>();
    return inbox
        .consumeBatch(
            "bench-facts", records, OF, (session, fresh) -> write(session, fresh, written))
        .invoke(() -> written.forEach(stopwatch::stop));
  }

  private Uni<Void> write(
      Mutiny.Session session, List<Received> fresh, ConcurrentLinkedQueue<UUID> written) {
    fresh.forEach(received -> written.add(received.eventId()));
    return rows.effects(session, fresh.stream().map(Fact::of).toList());
  }
}
