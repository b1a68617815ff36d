package dev.sluice.catalog.lineage;

import dev.sluice.catalog.lineage.RunProblem.OutputSealed;
import dev.sluice.catalog.lineage.RunProblem.RunNotFound;
import dev.sluice.events.ProcessingEvent;
import dev.sluice.events.ProcessingEvent.DeliveryCompleted;
import dev.sluice.events.ProcessingEvent.DeliveryFailed;
import dev.sluice.events.ProcessingEvent.OfRun;
import dev.sluice.events.ProcessingEvent.ProcessingCancelled;
import dev.sluice.events.ProcessingEvent.ProcessingCompleted;
import dev.sluice.events.ProcessingEvent.ProcessingFailed;
import dev.sluice.events.ProcessingEvent.ProcessingRequested;
import dev.sluice.events.ProcessingEvent.ProcessingReused;
import dev.sluice.events.ProcessingEvent.ProcessingStarted;
import dev.sluice.events.SluiceEvent;
import dev.sluice.support.identity.ProjectScope;
import dev.sluice.support.inbox.Inbox;
import dev.sluice.support.inbox.Received;
import dev.sluice.support.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.reactive.mutiny.Mutiny;

/** Topic {@code sluice.processing}. */
@ApplicationScoped
class ProcessingConsumer {
  private static final Set<Class<? extends SluiceEvent>> WANTED =
      Set.of(
          ProcessingStarted.class,
          ProcessingCompleted.class,
          ProcessingFailed.class,
          ProcessingCancelled.class);

  private final Inbox inbox;
  private final RunCommitService commits;
  private final ReservationService reservations;
  private final RunObserver observer;

  ProcessingConsumer(
      Inbox inbox,
      RunCommitService commits,
      ReservationService reservations,
      RunObserver observer) {
    this.observer = observer;
    this.inbox = inbox;
    this.commits = commits;
    this.reservations = reservations;
  }

  @Incoming("processing")
  Uni<Void> consume(ConsumerRecords<String, byte[]> records) {
    return inbox.consume("catalog-processing", records, WANTED, this::handle);
  }

  private Uni<Void> handle(Mutiny.Session session, Received received) {
    return switch ((ProcessingEvent) received.event()) {
      case ProcessingCompleted e -> commits.commit(session, e);
      case ProcessingFailed e -> drop(session, e, "run failed: " + e.reason());
      case ProcessingCancelled e -> drop(session, e, "run cancelled by " + e.cancelledBy());
      case ProcessingRequested e -> Uni.createFrom().voidItem();
      case ProcessingReused e -> Uni.createFrom().voidItem();
      case ProcessingStarted e -> observer.started(session, received.eventId(), e);
      case DeliveryCompleted e -> Uni.createFrom().voidItem();
      case DeliveryFailed e -> Uni.createFrom().voidItem();
    };
  }

  /** A run that reserved nothing, or is sealed already, has nothing to give back. */
  private Uni<Void> drop(Mutiny.Session session, OfRun event, String reason) {
    return reservations
        .release(session, ProjectScope.system(event.project()), event.runId(), reason)
        .onFailure(ProcessingConsumer::nothingToDrop)
        .recoverWithNull()
        .replaceWithVoid();
  }

  private static boolean nothingToDrop(Throwable failure) {
    return failure instanceof ProblemException e
        && (e.problem() instanceof RunNotFound || e.problem() instanceof OutputSealed);
  }
}
