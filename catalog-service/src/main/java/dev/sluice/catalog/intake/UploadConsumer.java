package dev.sluice.catalog.intake;

import dev.sluice.events.SluiceEvent;
import dev.sluice.events.UploadEvent;
import dev.sluice.events.UploadEvent.ChunkUploaded;
import dev.sluice.events.UploadEvent.FileIgnored;
import dev.sluice.events.UploadEvent.UploadAborted;
import dev.sluice.events.UploadEvent.UploadCompleted;
import dev.sluice.support.inbox.Inbox;
import dev.sluice.support.inbox.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Topic {@code sluice.uploads}. */
@ApplicationScoped
class UploadConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED =
      Set.of(ChunkUploaded.class, UploadCompleted.class, UploadAborted.class, FileIgnored.class);

  private final Inbox inbox;
  private final IntakeService intake;

  UploadConsumer(Inbox inbox, IntakeService intake) {
    this.inbox = inbox;
    this.intake = intake;
  }

  @Incoming("uploads")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consume("catalog-uploads", records, WANTED, this::handle);
  }

  private Uni<Void> handle(Mutiny.Session session, Received received) {
    return intake.apply(session, (UploadEvent) received.event());
  }
}
