package dev.sluice.processing.reservation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sluice.events.VersionRef;
import java.util.List;
import java.util.UUID;

/**
 * A draft wanted for a run's output; asking again with the same run gives the same draft.
 *
 * @param dataset made with {@code requestedBy} as its creator when it is missing
 */
public record ReservationRequest(
    @JsonIgnore String project,
    UUID runId,
    String dataset,
    String dataType,
    String requestedBy,
    List<VersionRef> inputs) {
  public ReservationRequest {
    inputs = List.copyOf(inputs);
  }
}
