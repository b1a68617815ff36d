package dev.sluice.catalog.intake;

import dev.sluice.events.ImportEvent.ImportCancelled;
import dev.sluice.events.ImportEvent.ImportCompleted;
import dev.sluice.events.ImportEvent.ImportFailed;
import dev.sluice.events.ImportEvent.ImportStarted;
import dev.sluice.events.SluiceEvent;
import dev.sluice.events.UploadEvent.ChunkUploaded;
import dev.sluice.events.UploadEvent.FileIgnored;
import dev.sluice.events.UploadEvent.UploadAborted;
import dev.sluice.events.UploadEvent.UploadCompleted;
import dev.sluice.support.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Topic {@code sluice.uploads}. */
@ApplicationScoped
class UploadConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED =
      Set.of(
          ChunkUploaded.class,
          UploadCompleted.class,
          UploadAborted.class,
          FileIgnored.class,
          ImportStarted.class,
          ImportCompleted.class,
          ImportFailed.class,
          ImportCancelled.class);

  private final Inbox inbox;
  private final BatchIntakeService intake;

  UploadConsumer(Inbox inbox, BatchIntakeService intake) {
    this.inbox = inbox;
    this.intake = intake;
  }

  @Incoming("uploads")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consumeBatch("catalog-uploads", records, WANTED, intake::apply);
  }
}
