package dev.sluice.processing.delivery;

import dev.sluice.events.ProcessingEvent;
import dev.sluice.events.ProcessingEvent.DeliveryCompleted;
import dev.sluice.events.ProcessingEvent.DeliveryFailed;
import dev.sluice.processing.delivery.DeliveryRepository.Next;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What is said when a delivery has ended. */
final class DeliveryFacts {

  private DeliveryFacts() {}

  static Optional<ProcessingEvent> of(Delivery delivery, Next next) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    return switch (next.state()) {
      case Delivery.DELIVERED ->
          Optional.of(
              new DeliveryCompleted(
                  delivery.project(),
                  delivery.runId(),
                  delivery.id(),
                  delivery.datasetId(),
                  delivery.version().dataset(),
                  delivery.version().version(),
                  delivery.target().kind().text(),
                  delivery.target().url(),
                  next.sums().files(),
                  next.sums().bytes(),
                  now));
      case Delivery.FAILED ->
          Optional.of(
              new DeliveryFailed(
                  delivery.project(),
                  delivery.runId(),
                  delivery.id(),
                  delivery.datasetId(),
                  delivery.version().dataset(),
                  delivery.version().version(),
                  delivery.target().kind().text(),
                  delivery.target().url(),
                  next.code(),
                  next.reason(),
                  now));
      default -> Optional.empty();
    };
  }
}
