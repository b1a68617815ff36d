package dev.sluice.processing.intake;

import dev.sluice.events.DatasetEvent;
import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.DatasetEvent.MemberRemoved;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.identity.MembershipCopy;
import dev.sluice.support.inbox.Inbox;
import dev.sluice.support.inbox.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps this service's copy of who has which role in a project. */
@ApplicationScoped
class DatasetsConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED =
      Set.of(MemberAdded.class, MemberRemoved.class);

  private final Inbox inbox;
  private final MembershipCopy members;

  DatasetsConsumer(Inbox inbox, MembershipCopy members) {
    this.inbox = inbox;
    this.members = members;
  }

  @Incoming("datasets")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consume("processing-members", records, WANTED, this::handle);
  }

  private Uni<Void> handle(Mutiny.Session session, Received received) {
    return received.event() instanceof DatasetEvent event
        ? members.apply(session, event)
        : Uni.createFrom().voidItem();
  }
}
