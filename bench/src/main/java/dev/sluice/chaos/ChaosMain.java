package dev.sluice.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
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

  @Parameters(paramLabel = "LEG", description = "events")
  private String leg = "";

  @Option(names = "--trials", defaultValue = "20", description = "How often to kill (20).")
  private int trials;

  @Option(names = "--seed", defaultValue = "1", description = "The same seed, the same faults (1).")
  private long seed;

  @Option(names = "--data", description = "Where servers keep data (else a temporary folder).")
  private Optional<Path> data = Optional.empty();

  /** Runs the trials; exit code 1 when something was violated. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ChaosMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (!leg.equals(EventsChaos.LEG)) {
      throw new ParameterException(spec.commandLine(), "no leg '" + leg + "'; there is events");
    }
    Path folder =
        data.isPresent()
            ? Files.createDirectories(data.get())
            : Files.createTempDirectory("sluice-chaos-");
    Verdict verdict =
        EventsChaos.run(trials, seed, folder, line -> System.err.println("· " + line));
    System.out.println(new ObjectMapper().writeValueAsString(verdict));
    return verdict.violations() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
