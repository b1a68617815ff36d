package dev.sluice.upload.importing;

import dev.sluice.events.ImportEvent.ImportRequested;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.inbox.Inbox;
import dev.sluice.support.inbox.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Takes the imports that are asked for on the topic; what cannot be taken is a dead letter. */
@ApplicationScoped
class RequestConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED = Set.of(ImportRequested.class);

  private final Inbox inbox;
  private final ImportService imports;
  private final ImportSignal signal;

  RequestConsumer(Inbox inbox, ImportService imports, ImportSignal signal) {
    this.inbox = inbox;
    this.imports = imports;
    this.signal = signal;
  }

  @Incoming("imports")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consume("upload-imports", records, WANTED, this::handle);
  }

  private Uni<Void> handle(Mutiny.Session session, Received received) {
    return received.event() instanceof ImportRequested request
        ? imports
            .request(session, received.eventId(), OrderCheck.of(request), request.requestedBy())
            .invoke(signal::wake)
        : Uni.createFrom().voidItem();
  }
}
