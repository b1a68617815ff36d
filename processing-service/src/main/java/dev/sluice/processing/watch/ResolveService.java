package dev.sluice.processing.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.VersionRef;
import dev.sluice.processing.code.CodeFiles;
import dev.sluice.processing.importing.ImportState.Done;
import dev.sluice.processing.importing.ImportState.UnderWay;
import dev.sluice.processing.manifest.PathGlob;
import dev.sluice.processing.manifest.SourceUrl.InCatalog;
import dev.sluice.processing.manifest.SourceUrl.Outside;
import dev.sluice.processing.ray.ProgramDigest;
import dev.sluice.processing.reservation.CatalogClient;
import dev.sluice.processing.reservation.InputFile;
import dev.sluice.processing.run.Claim;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.Run.ReservedCode;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunProgressService.ResolvedInput;
import dev.sluice.processing.run.RunState.Failure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds out what exactly an accepted run reads, and what it does with it. */
@ApplicationScoped
class ResolveService {
  private final CatalogClient catalog;
  private final SourceService sources;
  private final RunProgressService progress;
  private final ObjectMapper json;

  ResolveService(
      CatalogClient catalog,
      SourceService sources,
      RunProgressService progress,
      ObjectMapper json) {
    this.catalog = catalog;
    this.sources = sources;
    this.progress = progress;
    this.json = json;
  }

  /** Resolves the input, imported first when it lies outside; refusals end the run. */
  Uni<Void> resolve(Claim claim, Run run) {
    return begun(claim, run)
        .onFailure(Refusals::isRefusal)
        .recoverWithUni(e -> progress.failed(claim, Refusals.failure(e)));
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
                    : code(run).flatMap(code -> keep(claim, run, input, files, code)));
  }

  private Uni<Void> keep(
      Claim claim, Run run, VersionRef input, List<InputFile> files, Optional<Code> code) {
    String codeDigest = code.map(c -> c.files().digest()).orElse(null);
    return progress.resolved(
        claim,
        new ResolvedInput(
            input.version(),
            textOf(files),
            code.map(c -> new ReservedCode(c.version(), c.files().digest())).orElse(null),
            code.map(c -> textOf(c.files().files())).orElse("[]"),
            Recipe.digest(run.manifest(), codeDigest, ProgramDigest.own()),
            Recipe.digest(files)));
  }

  /** The working directory's version is chosen once, as the input's is. */
  private Uni<Optional<Code>> code(Run run) {
    InCatalog folder = run.manifest().workingDir();
    return folder == null
        ? Uni.createFrom().item(Optional.empty())
        : catalog
            .resolve(run.project(), new VersionRef(folder.dataset(), folder.version()))
            .flatMap(
                version ->
                    catalog
                        .files(run.project(), version, wantedBy(folder))
                        .map(found -> new Code(version, CodeFiles.below(folder, found))))
            .map(Optional::of);
  }

  private static Predicate<String> wantedBy(InCatalog input) {
    PathGlob glob = input.glob();
    return glob == null ? path -> true : glob.matcher();
  }

  private static Failure noFiles(Run run) {
    return Failure.of("no-input-files", "no file matches " + run.manifest().source().url().text());
  }

  private String textOf(List<InputFile> files) {
    try {
      return json.writeValueAsString(files);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The files that travel with an entrypoint, and the version they are of. */
  private record Code(VersionRef version, CodeFiles files) {}
}
