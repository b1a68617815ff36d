package dev.sluice.upload.intake;

import dev.sluice.events.DatasetEvent;
import dev.sluice.events.DatasetEvent.AliasMoved;
import dev.sluice.events.DatasetEvent.DatasetCreated;
import dev.sluice.events.DatasetEvent.DatasetDeleted;
import dev.sluice.events.DatasetEvent.DatasetPurged;
import dev.sluice.events.DatasetEvent.DatasetRestored;
import dev.sluice.events.DatasetEvent.DraftDropped;
import dev.sluice.events.DatasetEvent.DraftOpened;
import dev.sluice.events.DatasetEvent.FileErased;
import dev.sluice.events.DatasetEvent.MemberAdded;
import dev.sluice.events.DatasetEvent.MemberRemoved;
import dev.sluice.events.DatasetEvent.ProjectCreated;
import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.DatasetEvent.VersionPurged;
import dev.sluice.events.DatasetEvent.VersionReleased;
import dev.sluice.events.DatasetEvent.VersionWithdrawn;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.identity.MembershipCopy;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.inbox.Inbox;
import dev.sluice.support.inbox.Received;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Keeps the copies of members, datasets and drafts. */
@ApplicationScoped
class DatasetConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED =
      Set.of(
          MemberAdded.class,
          MemberRemoved.class,
          DatasetCreated.class,
          DatasetDeleted.class,
          DatasetRestored.class,
          DraftOpened.class,
          DraftDropped.class,
          VersionCreated.class);

  private final Inbox inbox;
  private final MembershipCopy members;
  private final DraftRepository drafts;

  DatasetConsumer(Inbox inbox, MembershipCopy members, DraftRepository drafts) {
    this.inbox = inbox;
    this.members = members;
    this.drafts = drafts;
  }

  @Incoming("datasets")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consume("upload-datasets", records, WANTED, this::handle);
  }

  private Uni<Void> handle(Mutiny.Session session, Received received) {
    if (!(received.event() instanceof DatasetEvent event)) {
      return Uni.createFrom().voidItem();
    }
    ProjectScope scope = ProjectScope.system(event.project());
    return switch (event) {
      case MemberAdded e -> members.apply(session, e);
      case MemberRemoved e -> members.apply(session, e);
      case FileErased e -> Uni.createFrom().voidItem();
      case DatasetCreated e ->
          drafts.saveDataset(session, scope, e.datasetId(), e.dataset(), e.dataType());
      case DatasetDeleted e -> drafts.deleteDataset(session, scope, e.datasetId());
      case DatasetRestored e -> drafts.restoreDataset(session, scope, e.datasetId());
      case DatasetPurged e -> Uni.createFrom().voidItem();
      case AliasMoved e -> Uni.createFrom().voidItem();
      case DraftOpened e -> opened(session, scope, e);
      case DraftDropped e ->
          save(session, scope, e.datasetId(), e.version(), DraftState.DROPPED)
              .chain(
                  () -> drafts.saveReason(session, scope, e.datasetId(), e.version(), e.reason()));
      case VersionCreated e -> save(session, scope, e.datasetId(), e.version(), DraftState.SEALED);
      case ProjectCreated e -> Uni.createFrom().voidItem();
      case VersionReleased e -> Uni.createFrom().voidItem();
      case VersionWithdrawn e -> Uni.createFrom().voidItem();
      case VersionPurged e -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> opened(Mutiny.Session session, ProjectScope scope, DraftOpened event) {
    DraftState state = DraftService.stateOf(event.producedBy().kind());
    return drafts
        .saveDataset(session, scope, event.datasetId(), event.dataset(), event.dataType())
        .chain(() -> save(session, scope, event.datasetId(), event.version(), state));
  }

  private Uni<Void> save(
      Mutiny.Session session,
      ProjectScope scope,
      UUID datasetId,
      String version,
      DraftState state) {
    return drafts.saveDraft(session, scope, datasetId, version, state);
  }
}
