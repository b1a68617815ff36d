package dev.sluice.cli.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures Sluice beside its peers. */
@Command(
    name = "bench",
    description = "Measure Sluice beside its peers on this machine.",
    footer = {
      "",
      "Prints one JSON object for each figure on standard output, a table on standard error.",
      "docs/benchmarks/README.md says how figures are made and read.",
      "",
      "Examples:",
      "  sluice bench main-job footprint events",
      "  sluice bench events --pairs 3 --scale 0.3",
      "  SLUICE_BENCH_TOOLS=~/tools sluice bench upload --only tmpfs"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final String MAIN = "dev.sluice.bench.BenchMain";

  @Parameters(
      arity = "1..*",
      paramLabel = "LEG",
      description = "main-job, footprint, events, upload, import, catalog, ray")
  private List<String> legs = List.of();

  @Option(names = "--pairs", paramLabel = "N", description = "Pairs that count (default: 7).")
  private @Nullable Integer pairs;

  @Option(names = "--warm-ups", paramLabel = "N", description = "Pairs before (default: 2).")
  private @Nullable Integer warmUps;

  @Option(
      names = "--scale",
      paramLabel = "SHARE",
      description = "Share of the full work of each run (default: 1).")
  private @Nullable Double scale;

  @Option(names = "--seed", paramLabel = "S", description = "Of the bootstrap (default: 1).")
  private @Nullable Long seed;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where its servers keep data (default: a temporary folder).")
  private @Nullable Path data;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      description = "Only the cases of upload and import whose name has it (default: all).")
  private @Nullable String only;

  @Option(names = "--save", description = "Keep the figures in docs/benchmarks.")
  private boolean save;

  @Override
  public Integer call() throws Exception {
    BenchJvm jvm = new BenchJvm();
    legs.forEach(jvm::argument);
    jvm.option("--pairs", pairs)
        .option("--warm-ups", warmUps)
        .option("--scale", scale)
        .option("--seed", seed)
        .option("--data", data)
        .option("--only", only);
    if (save) {
      jvm.argument("--save");
    }
    return jvm.run(MAIN);
  }
}
