package dev.sluice.bench;

import dev.sluice.bench.catalog.CatalogLeg;
import dev.sluice.bench.events.EventsLeg;
import dev.sluice.bench.footprint.FootprintLeg;
import dev.sluice.bench.imports.ImportLeg;
import dev.sluice.bench.job.MainJobLeg;
import dev.sluice.bench.ray.RayLeg;
import dev.sluice.bench.upload.UploadLeg;
import dev.sluice.local.state.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice bench LEG…}: measures and compares. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Sluice beside its peers: main-job, footprint, events, upload, import, catalog,",
      "ray."
    })
public final class BenchMain implements Callable<Integer> {
  private static final List<Leg> LEGS =
      List.of(
          new MainJobLeg(),
          new FootprintLeg(),
          new EventsLeg(),
          new UploadLeg(),
          new ImportLeg(),
          new CatalogLeg(),
          new RayLeg());

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "LEG",
      description = "main-job, footprint, events, upload, import, catalog, ray")
  private List<String> names = List.of();

  @Option(names = "--pairs", defaultValue = "7", description = "Pairs that count (7).")
  private int pairs;

  @Option(names = "--warm-ups", defaultValue = "2", description = "Pairs before them (2).")
  private int warmUps;

  @Option(names = "--scale", defaultValue = "1", description = "Share of the work of a run (1).")
  private double scale;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the bootstrap (1).")
  private long seed;

  @Option(names = "--data", description = "Where servers keep data (else a temporary folder).")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--only", defaultValue = "", description = "Cases whose name has it (all).")
  private String only;

  @Option(names = "--save", description = "Keep the figures in docs/benchmarks.")
  private boolean save;

  /** Runs the legs; exit code 1 when one could not be measured. */
  public static void main(String[] args) {
    // Nobody configures the log manager here, and until then it keeps every record that is wanted,
    // with the bytes that it speaks of.
    Logger.getLogger("").setLevel(Level.INFO);
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = new Settings(pairs, warmUps, scale, seed, folder(), only);
    Report report = new Report(System.out, System.err, Machine.here());
    for (Leg leg : names.stream().map(this::named).toList()) {
      leg.run(settings, report);
      if (save) {
        Path docs = Installation.locate().root().resolve("docs/benchmarks");
        report.say("saved " + report.save(docs, leg.name(), settings).getFileName());
      }
    }
    report.table();
    return CommandLine.ExitCode.OK;
  }

  private Path folder() throws java.io.IOException {
    return data.isPresent()
        ? Files.createDirectories(data.get())
        : Files.createTempDirectory("sluice-bench-");
  }

  private Leg named(String name) {
    return LEGS.stream()
        .filter(leg -> leg.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "no leg '"
                        + name
                        + "'; there are main-job, footprint, events, upload, import, catalog and ray"));
  }
}
