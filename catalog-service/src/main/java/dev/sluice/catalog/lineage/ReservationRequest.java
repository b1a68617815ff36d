package dev.sluice.catalog.lineage;

import dev.sluice.events.VersionRef;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a run asks for before it starts: a draft for its output. */
record ReservationRequest(
    @Nullable UUID runId,
    @Nullable String dataset,
    @Nullable String dataType,
    @Nullable String requestedBy,
    @Nullable List<VersionRef> inputs,
    @Nullable String displayName) {
  static final ReservationRequest EMPTY =
      new ReservationRequest(null, null, null, null, null, null);

  UUID checkedRunId() {
    if (runId == null) {
      throw InvalidRequest.of("runId", "null", "a UUID").exception();
    }
    return runId;
  }

  String checkedRequestedBy() {
    if (requestedBy == null || requestedBy.isBlank()) {
      throw InvalidRequest.of("requestedBy", String.valueOf(requestedBy), "a principal's name")
          .exception();
    }
    return requestedBy;
  }

  List<VersionRef> inputList() {
    return inputs == null ? List.of() : inputs;
  }
}
