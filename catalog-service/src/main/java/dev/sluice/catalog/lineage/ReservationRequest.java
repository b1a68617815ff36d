package dev.sluice.catalog.lineage;

import dev.sluice.events.DatasetEvent.ProducedBy;
import dev.sluice.events.VersionRef;
import dev.sluice.support.problem.CommonProblem.InvalidRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a run or an import asks for before it starts: a draft for its output.
 *
 * @param runId id of the run or the import
 * @param kind {@code run}, which is the default, or {@code import}
 * @param dataType an import may leave it out: that of the dataset, else {@code binary}
 * @param inheritFrom version whose files the draft begins with; {@code latest} may be none
 */
record ReservationRequest(
    @Nullable UUID runId,
    @Nullable String kind,
    @Nullable String dataset,
    @Nullable String dataType,
    @Nullable String requestedBy,
    @Nullable List<VersionRef> inputs,
    @Nullable String displayName,
    @Nullable String inheritFrom) {
  static final ReservationRequest EMPTY =
      new ReservationRequest(null, null, null, null, null, null, null, null);

  private static final String LATEST = "latest";

  ProducedBy maker() {
    UUID id = checkedRunId();
    return switch (kind) {
      case null -> ProducedBy.run(id);
      case "run" -> ProducedBy.run(id);
      case "import" -> ProducedBy.imported(id);
      default -> throw InvalidRequest.of("kind", kind, "run or import").exception();
    };
  }

  /** Whether the draft begins with the files of the newest version, if there is one. */
  boolean inheritsLatest() {
    if (inheritFrom != null && !inheritFrom.equals(LATEST)) {
      throw InvalidRequest.of("inheritFrom", inheritFrom, LATEST + ", or absent").exception();
    }
    return inheritFrom != null;
  }

  /** Whether the dataset's own type is as good as any. */
  boolean takesAnyType() {
    return dataType == null && "import".equals(kind);
  }

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
