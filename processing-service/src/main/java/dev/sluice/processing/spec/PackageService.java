package dev.sluice.processing.spec;

import dev.sluice.processing.code.CodeService;
import dev.sluice.processing.ray.ProgramPackage;
import dev.sluice.processing.run.Run;
import dev.sluice.processing.run.RunId;
import dev.sluice.processing.run.RunProgressService;
import dev.sluice.processing.run.RunService;
import dev.sluice.processing.run.RunToken;
import dev.sluice.support.async.Contexts;
import dev.sluice.support.storage.ObjectStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives an attempt the packages that it runs. */
@ApplicationScoped
class PackageService {
  private final RunService runs;
  private final RunProgressService progress;
  private final CodeService code;
  private final ObjectStore store;
  private final ProgramPackage program = ProgramPackage.fromJar();

  PackageService(
      RunService runs, RunProgressService progress, CodeService code, ObjectStore store) {
    this.runs = runs;
    this.progress = progress;
    this.code = code;
    this.store = store;
  }

  Uni<byte[]> program(RunId id, int attempt, RunToken token) {
    return runOf(id, attempt, token).map(run -> program.zip());
  }

  /** The working directory; 404 when the run has none. */
  Uni<byte[]> work(RunId id, int attempt, RunToken token) {
    return runOf(id, attempt, token)
        .invoke(
            run -> {
              if (run.code() == null) {
                throw new SpecProblem.NoWorkingDir(id.toString()).exception();
              }
            })
        .flatMap(
            run ->
                progress
                    .codeFiles(id)
                    .map(files -> code.packageOf(store.bucketOf(run.project()), files)))
        .flatMap(files -> files.zip().get())
        .flatMap(zip -> Contexts.blocking(() -> taken(zip)));
  }

  private Uni<Run> runOf(RunId id, int attempt, RunToken token) {
    return runs.attemptInput(id, attempt, token)
        .onItem()
        .ifNull()
        .failWith(() -> new SpecProblem.TokenNotValid().exception())
        .map(RunService.AttemptInput::run);
  }

  private static byte[] taken(Path zip) {
    try {
      byte[] bytes = Files.readAllBytes(zip);
      Files.delete(zip);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
