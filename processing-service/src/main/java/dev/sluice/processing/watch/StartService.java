package dev.sluice.processing.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.VersionRef;
import dev.sluice.processing.code.CodeFiles;
import dev.sluice.processing.code.CodeRefused;
import dev.sluice.processing.importing.ImportRefused;
import dev.sluice.processing.importing.ImportState.Done;
import dev.sluice.processing.importing.ImportState.UnderWay;
import dev.sluice.processing.manifest.Format;
import dev.sluice.processing.manifest.PathGlob;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.processing.manifest.SourceUrl.Outside;
import dev.sluice.processing.reservation.CatalogClient;
import dev.sluice.processing.reservation.CatalogRefused;
import dev.sluice.processing.reservation.InputFile;
import dev.sluice.processing.reservation.Reservation;
import dev.sluice.processing.reservation.ReservationRequest;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.Run.ReservedCode;
import dev.sluice.processing.run.Run.ReservedOutput;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunProgressService.ReservedInput;
import dev.sluice.processing.run.RunState.Failure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Predicate;

/** Gives an accepted run its input and its output. */
@ApplicationScoped
class StartService {
  private final CatalogClient catalog;
  private final SourceService sources;
  private final RunProgressService progress;
  private final ObjectMapper json;

  StartService(
      CatalogClient catalog,
      SourceService sources,
      RunProgressService progress,
      ObjectMapper json) {
    this.catalog = catalog;
    this.sources = sources;
    this.progress = progress;
    this.json = json;
  }

  /** Resolves the input, lists its files and reserves the output; refusals end the run. */
  Uni<Void> reserve(Claim claim, Run run) {
    return begun(claim, run)
        .onFailure(CatalogRefused.class)
        .recoverWithUni(e -> progress.failed(claim, failureOf(e)))
        .onFailure(ImportRefused.class)
        .recoverWithUni(e -> progress.failed(claim, failureOf(e)));
  }

  private Uni<Void> begun(Claim claim, Run run) {
    return switch (run.manifest().source().url()) {
      case InCatalog input -> from(claim, run, run.input(), wantedBy(input));
      case Outside outside ->
          sources
              .bring(run, outside)
              .flatMap(
                  state ->
                      switch (state) {
                        case UnderWay waits -> throw new StillImporting(waits.saying());
                        case Done done ->
                            from(
                                claim,
                                run,
                                new VersionRef(run.input().dataset(), done.version()),
                                done.wanted());
                      });
    };
  }

  private Uni<Void> from(Claim claim, Run run, VersionRef wanted, Predicate<String> files) {
    return catalog
        .resolve(run.project(), wanted)
        .flatMap(input -> withFiles(claim, run, input, files));
  }

  private Uni<Void> withFiles(Claim claim, Run run, VersionRef input, Predicate<String> wanted) {
    return catalog
        .files(run.project(), input, wanted)
        .flatMap(
            files ->
                files.isEmpty()
                    ? progress.failed(claim, noFiles(run))
                    : withOutput(claim, run, input, files));
  }

  private Uni<Void> withOutput(Claim claim, Run run, VersionRef input, List<InputFile> files) {
    ReservationRequest wanted =
        new ReservationRequest(
            run.project(),
            run.id().value(),
            run.manifest().outputDataset(),
            dataTypeOf(run.manifest().format()),
            run.requestedBy(),
            List.of(input));
    return withCode(run, input, files)
        .flatMap(
            reading ->
                catalog
                    .reserve(wanted)
                    .flatMap(reserved -> progress.reserved(claim, reading, outputOf(reserved))))
        .onFailure(CodeRefused.class)
        .recoverWithUni(
            e -> progress.failed(claim, Failure.of(e.code(), String.valueOf(e.getMessage()))));
  }

  /** The working directory's version is chosen once, as the input's is. */
  private Uni<ReservedInput> withCode(Run run, VersionRef input, List<InputFile> files) {
    InCatalog folder = run.manifest().workingDir();
    if (folder == null) {
      return Uni.createFrom().item(new ReservedInput(input.version(), textOf(files), null, "[]"));
    }
    return catalog
        .resolve(run.project(), new VersionRef(folder.dataset(), folder.version()))
        .flatMap(
            version ->
                catalog
                    .files(run.project(), version, wantedBy(folder))
                    .map(found -> CodeFiles.below(folder, found))
                    .map(
                        code ->
                            new ReservedInput(
                                input.version(),
                                textOf(files),
                                new ReservedCode(version, code.digest()),
                                textOf(code.files()))));
  }

  private static Predicate<String> wantedBy(InCatalog input) {
    PathGlob glob = input.glob();
    return glob == null ? path -> true : glob.matcher();
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

  private static Failure noFiles(Run run) {
    return Failure.of("no-input-files", "no file matches " + run.manifest().source().url().text());
  }

  private static Failure failureOf(ImportRefused refusal) {
    return Failure.of(refusal.code(), "the source was not imported: " + refusal.getMessage());
  }

  private static Failure failureOf(CatalogRefused refusal) {
    return Failure.of(refusal.code(), "the catalog refuses: " + refusal.getMessage());
  }

  private String textOf(List<InputFile> files) {
    try {
      return json.writeValueAsString(files);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
