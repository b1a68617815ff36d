package dev.sluice.processing.watch;

import dev.sluice.events.VersionRef;
import dev.sluice.processing.manifest.Format;
import dev.sluice.processing.reservation.CatalogClient;
import dev.sluice.processing.reservation.CatalogRefused;
import dev.sluice.processing.reservation.Reservation;
import dev.sluice.processing.reservation.ReservationRequest;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.Run.ReservedOutput;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunReuseService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Gives a run its output: that of an earlier run when it may be taken, else a draft of its own. */
@ApplicationScoped
class StartService {
  private final CatalogClient catalog;
  private final RunProgressService progress;
  private final RunReuseService reuse;

  StartService(CatalogClient catalog, RunProgressService progress, RunReuseService reuse) {
    this.catalog = catalog;
    this.progress = progress;
    this.reuse = reuse;
  }

  /** The newest earlier run whose output is this run's too and can still be read. */
  Uni<Optional<Run>> earlier(Run run) {
    boolean wanted = run.manifest().execution().reuse() && !run.details().dryRun();
    return wanted
        ? reuse.candidatesAnyProject(run).flatMap(found -> firstReadable(found, 0))
        : Uni.createFrom().item(Optional.empty());
  }

  private Uni<Optional<Run>> firstReadable(List<Run> found, int index) {
    if (index == found.size()) {
      return Uni.createFrom().item(Optional.empty());
    }
    Run candidate = found.get(index);
    ReservedOutput output = candidate.output();
    if (output == null) {
      return firstReadable(found, index + 1);
    }
    return catalog
        .resolve(candidate.project(), new VersionRef(output.dataset(), output.version()))
        .map(version -> Optional.of(candidate))
        .onFailure(CatalogRefused.class)
        .recoverWithUni(() -> firstReadable(found, index + 1));
  }

  /** Reserves the output; refusals end the run. */
  Uni<Void> reserve(Claim claim, Run run) {
    ReservationRequest wanted =
        new ReservationRequest(
            run.project(),
            run.id().value(),
            run.manifest().outputDataset(),
            dataTypeOf(run.manifest().format()),
            run.requestedBy(),
            List.of(run.input()));
    return catalog
        .reserve(wanted)
        .flatMap(reserved -> progress.reserved(claim, outputOf(reserved)))
        .onFailure(CatalogRefused.class)
        .recoverWithUni(e -> progress.failed(claim, Refusals.failure(e)));
  }

  private static String dataTypeOf(Format format) {
    return switch (format) {
      case PARQUET, CSV -> "table";
      case TEXT -> "text";
      case IMAGE -> "image";
      case BINARY, TFRECORDS -> "binary";
    };
  }

  private static ReservedOutput outputOf(Reservation reserved) {
    return new ReservedOutput(
        reserved.datasetId(), reserved.dataset(), reserved.version(), reserved.keyPrefix());
  }
}
