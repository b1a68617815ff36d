package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** A script that completes commands and options on the tab key. */
@Command(
    name = "completion",
    description = "Print a completion script for bash and zsh.",
    footer = {"", "Example:", "  source <(sluice completion)"})
final class CompletionCommand implements Callable<Integer> {

  private final Context context;

  CompletionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.output().print(AutoComplete.bash("sluice", CommandTree.whole(context)));
    return ExitCode.OK;
  }
}
