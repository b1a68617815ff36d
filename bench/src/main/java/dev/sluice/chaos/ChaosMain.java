package dev.sluice.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.chaos.catalog.CatalogChaos;
import dev.sluice.chaos.catalog.CatalogVerdict;
import dev.sluice.chaos.imports.ImportChaos;
import dev.sluice.chaos.imports.ImportVerdict;
import dev.sluice.chaos.runs.RunChaos;
import dev.sluice.chaos.runs.RunVerdict;
import dev.sluice.chaos.upload.UploadChaos;
import dev.sluice.chaos.upload.UploadVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice chaos LEG}: kills, starts again, judges. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {"Kills parts at random and at chosen instants and proves that nothing is lost."})
public final class ChaosMain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "LEG", description = "events, upload, import, catalog, ray")
  private String leg = "";

  @Option(names = "--trials", defaultValue = "20", description = "How often to kill (20).")
  private int trials;

  @Option(names = "--seed", defaultValue = "1", description = "The same seed, the same faults (1).")
  private long seed;

  @Option(
      names = "--sweeps",
      defaultValue = "1",
      description = "Upload, import, catalog: how often each crash point is come to (1).")
  private int sweeps;

  @Option(
      names = "--only",
      defaultValue = "-1",
      description =
          "Upload, import, catalog: the one trial (round) to run again, as the verdict counts them.")
  private int only;

  @Option(
      names = "--reads",
      defaultValue = "0",
      description =
          "Catalog: nothing is broken, versions are sealed until readers have read so often (0).")
  private long reads;

  @Option(names = "--data", description = "Where servers keep data (else a temporary folder).")
  private Optional<Path> data = Optional.empty();

  /** Runs the trials; exit code 1 when something was violated. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ChaosMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    return switch (leg) {
      case EventsChaos.LEG -> {
        Verdict verdict = EventsChaos.run(trials, seed, folder(), ChaosMain::log);
        yield ended(verdict, verdict.violations() == 0);
      }
      case UploadChaos.LEG -> {
        var plan = new UploadChaos.Plan(trials, sweeps, seed, only);
        UploadVerdict verdict = UploadChaos.run(plan, folder(), ChaosMain::log);
        yield ended(verdict, verdict.well());
      }
      case ImportChaos.LEG -> {
        var plan = new ImportChaos.Plan(trials, sweeps, seed, only);
        ImportVerdict verdict = ImportChaos.run(plan, folder(), ChaosMain::log);
        yield ended(verdict, verdict.well());
      }
      case CatalogChaos.LEG -> {
        var plan = new CatalogChaos.Plan(trials, sweeps, seed, only, reads);
        CatalogVerdict verdict = CatalogChaos.run(plan, folder(), ChaosMain::log);
        yield ended(verdict, verdict.well());
      }
      case RunChaos.LEG -> {
        RunVerdict verdict =
            RunChaos.run(new RunChaos.Plan(trials, seed, only), folder(), ChaosMain::log);
        yield ended(verdict, verdict.well());
      }
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "no leg '" + leg + "'; there are events, upload, import, catalog and ray");
    };
  }

  private Path folder() throws IOException {
    return data.isPresent()
        ? Files.createDirectories(data.get())
        : Files.createTempDirectory("sluice-chaos-");
  }

  private static void log(String line) {
    System.err.println("· " + line);
  }

  private static int ended(Object verdict, boolean well) throws IOException {
    System.out.println(new ObjectMapper().writeValueAsString(verdict));
    return well ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
