package dev.sluice.vectorsink.intake;

import dev.sluice.events.DatasetEvent.DatasetDeleted;
import dev.sluice.events.DatasetEvent.DatasetPurged;
import dev.sluice.events.DatasetEvent.DatasetRestored;
import dev.sluice.events.DatasetEvent.FileErased;
import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.DatasetEvent.MemberRemoved;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.DatasetEvent.VersionWithdrawn;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.inbox.Inbox;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Topic {@code sluice.datasets}. */
@ApplicationScoped
class DatasetsConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED =
      Set.of(
          MemberAdded.class,
          MemberRemoved.class,
          VersionCreated.class,
          VersionWithdrawn.class,
          DatasetDeleted.class,
          DatasetRestored.class,
          DatasetPurged.class,
          FileErased.class);

  private final Inbox inbox;
  private final IntakeService intake;

  DatasetsConsumer(Inbox inbox, IntakeService intake) {
    this.inbox = inbox;
    this.intake = intake;
  }

  @Incoming("datasets")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consume("vector-sink-datasets", records, WANTED, intake::handle);
  }
}
