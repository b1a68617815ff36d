package dev.sluice.cli.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves by killing that nothing is lost and nothing happens twice. */
@Command(
    name = "chaos",
    description = "Kill parts again and again and judge what is left.",
    footer = {
      "",
      "Prints one JSON object with trials, violations, seed and the first violation's history;",
      "ends with 1 when there was one. The same seed gives the same faults.",
      "",
      "Examples:",
      "  sluice chaos events --trials 20 --seed 1",
      "  sluice chaos upload --trials 300 --seed 7",
      "  sluice chaos upload --seed 7 --only 18",
      "  sluice chaos import --trials 300 --seed 7",
      "  sluice chaos catalog --trials 50 --seed 7",
      "  sluice chaos catalog --reads 100000"
    })
public final class ChaosCommand implements Callable<Integer> {
  private static final String MAIN = "dev.sluice.chaos.ChaosMain";

  @Parameters(paramLabel = "LEG", description = "events, upload, import or catalog.")
  private String leg = "";

  @Option(names = "--trials", paramLabel = "N", description = "How often (default: 20).")
  private @Nullable Integer trials;

  @Option(names = "--seed", paramLabel = "S", description = "Of the faults (default: 1).")
  private @Nullable Long seed;

  @Option(
      names = "--sweeps",
      paramLabel = "N",
      description = "Upload, import, catalog: how often each crash point is come to (default: 1).")
  private @Nullable Integer sweeps;

  @Option(
      names = "--only",
      paramLabel = "TRIAL",
      description =
          "Upload, import, catalog: run this one trial of the seed again, numbered as in the verdict.")
  private @Nullable Integer only;

  @Option(
      names = "--reads",
      paramLabel = "N",
      description =
          "Catalog: break nothing, seal versions until readers have read so often (default: 0).")
  private @Nullable Long reads;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where its servers keep data (default: a temporary folder).")
  private @Nullable Path data;

  @Override
  public Integer call() throws Exception {
    return new BenchJvm()
        .argument(leg)
        .option("--trials", trials)
        .option("--seed", seed)
        .option("--sweeps", sweeps)
        .option("--only", only)
        .option("--reads", reads)
        .option("--data", data)
        .run(MAIN);
  }
}
