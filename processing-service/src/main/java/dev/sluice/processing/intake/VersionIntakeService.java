package dev.sluice.processing.intake;

import dev.sluice.events.DatasetEvent.VersionCreated;
import dev.sluice.events.DatasetEvent.VersionReleased;
import dev.sluice.events.VersionRef;
import dev.sluice.processing.automation.FiringService;
import dev.sluice.processing.delivery.DeliveryService;
import dev.sluice.processing.delivery.DeliveryService.Sealed;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunId;
import dev.sluice.processing.run.RunService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** What a new version means here, inside the transaction that remembers the fact. */
@ApplicationScoped
class VersionIntakeService {
  private final RunService runs;
  private final DeliveryService deliveries;
  private final FiringService firing;

  VersionIntakeService(RunService runs, DeliveryService deliveries, FiringService firing) {
    this.runs = runs;
    this.deliveries = deliveries;
    this.firing = firing;
  }

  /** A version was made: triggers fire, and that of a run goes to its other destinations. */
  Uni<Void> created(Mutiny.Session session, VersionCreated event) {
    return deliver(session, event).chain(() -> firing.created(session, event));
  }

  /** A version was released: triggers fire. */
  Uni<Void> released(Mutiny.Session session, VersionReleased event) {
    return firing.released(session, event);
  }

  private Uni<Void> deliver(Mutiny.Session session, VersionCreated event) {
    UUID runId = event.producedBy().runId();
    if (runId == null || !event.producedBy().kind().equals("run")) {
      return Uni.createFrom().voidItem();
    }
    Sealed sealed =
        new Sealed(runId, event.datasetId(), new VersionRef(event.dataset(), event.version()));
    return runs.knownAnyProject(session, new RunId(runId))
        .flatMap(run -> deliver(session, sealed, run));
  }

  private Uni<Void> deliver(Mutiny.Session session, Sealed sealed, Optional<Run> run) {
    return run.map(known -> deliveries.begin(session, sealed, known.manifest()))
        .orElseGet(() -> Uni.createFrom().voidItem());
  }
}
