package dev.sluice.processing.intake;

import dev.sluice.events.DatasetEvent;
import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.DatasetEvent.MemberRemoved;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.DatasetEvent.VersionReleased;
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

/** Keeps the copy of who has which role in a project, and hears of new versions. */
@ApplicationScoped
class DatasetsConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED =
      Set.of(MemberAdded.class, MemberRemoved.class, VersionCreated.class, VersionReleased.class);

  private final Inbox inbox;
  private final MembershipCopy members;
  private final VersionIntakeService versions;

  DatasetsConsumer(Inbox inbox, MembershipCopy members, VersionIntakeService versions) {
    this.inbox = inbox;
    this.members = members;
    this.versions = versions;
  }

  @Incoming("datasets")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consume("processing-members", records, WANTED, this::handle);
  }

  private Uni<Void> handle(Mutiny.Session session, Received received) {
    return switch (received.event()) {
      case VersionCreated e -> versions.created(session, e);
      case VersionReleased e -> versions.released(session, e);
      case DatasetEvent e -> members.apply(session, e);
      default -> Uni.createFrom().voidItem();
    };
  }
}
