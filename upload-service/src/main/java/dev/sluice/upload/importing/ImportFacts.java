package dev.sluice.upload.importing;

import dev.sluice.events.ImportEvent.ImportCancelled;
import dev.sluice.events.ImportEvent.ImportCompleted;
import dev.sluice.events.ImportEvent.ImportFailed;
import dev.sluice.events.ImportEvent.ImportStarted;
import dev.sluice.events.ImportEvent.Origin;
import dev.sluice.upload.importing.ImportState.Failed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is said about imports on the bus. */
final class ImportFacts {
  private ImportFacts() {}

  /** A draft is reserved for it. */
  static ImportStarted started(Import job, Destination destination, Instant at) {
    return new ImportStarted(
        job.order().project(),
        job.id().value(),
        job.attempt(),
        destination.datasetId(),
        job.order().dataset(),
        destination.version(),
        at);
  }

  /** All files are there, or nothing changed; a draft that was reserved in vain is named. */
  static ImportCompleted completed(
      Import job, UUID datasetId, boolean unchanged, List<Origin> origins, Instant at) {
    Progress progress = job.progress();
    return new ImportCompleted(
        job.order().project(),
        job.id().value(),
        datasetId,
        job.order().dataset(),
        job.destination().map(Destination::version).orElse(null),
        unchanged,
        unchanged ? 0 : progress.filesDone(),
        unchanged ? 0 : progress.bytesDone(),
        progress.filesIgnored(),
        origins,
        job.requestedBy(),
        at);
  }

  /** It ended without a version. */
  static ImportFailed failed(Import job, Failed state, boolean draftKept, Instant at) {
    return new ImportFailed(
        job.order().project(),
        job.id().value(),
        job.attempt(),
        job.destination().map(Destination::datasetId).orElse(null),
        job.order().dataset(),
        job.destination().map(Destination::version).orElse(null),
        draftKept,
        state.code(),
        state.reason(),
        at);
  }

  /** A person stopped it. */
  static ImportCancelled cancelled(Import job, String by, Instant at) {
    return new ImportCancelled(
        job.order().project(),
        job.id().value(),
        job.destination().map(Destination::datasetId).orElse(null),
        job.order().dataset(),
        job.destination().map(Destination::version).orElse(null),
        by,
        at);
  }
}
