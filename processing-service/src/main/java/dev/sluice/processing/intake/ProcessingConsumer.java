package dev.sluice.processing.intake;

import dev.sluice.events.ProcessingEvent.ProcessingRequested;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.inbox.Inbox;
import dev.sluice.support.inbox.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Starts the runs that are asked for on the topic. */
@ApplicationScoped
class ProcessingConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED = Set.of(ProcessingRequested.class);

  private final Inbox inbox;
  private final IntakeService intake;

  ProcessingConsumer(Inbox inbox, IntakeService intake) {
    this.inbox = inbox;
    this.intake = intake;
  }

  @Incoming("processing")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consume("processing-requests", records, WANTED, this::handle);
  }

  private Uni<Void> handle(Mutiny.Session session, Received received) {
    return received.event() instanceof ProcessingRequested request
        ? intake.requested(session, received.eventId(), request)
        : Uni.createFrom().voidItem();
  }
}
