package dev.sluice.local;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands about the local stack alone, without the rest of the command line. */
@Command(
    name = "sluice-local",
    mixinStandardHelpOptions = true,
    description = "Everything Sluice needs on one machine.",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      ResetCommand.class,
      LogsCommand.class,
      EnvCommand.class,
      TokenCommand.class,
      PythonCommand.class
    })
public final class LocalMain {
  private LocalMain() {}

  /** Runs one command and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new LocalMain()).execute(args));
  }
}
