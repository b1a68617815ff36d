package dev.sluice.local;

import picocli.CommandLine.Command;

/** {@code sluice up}. */
@Command(
    name = "up",
    description = "Start the local stack; when it is up already, start only what is missing.")
public final class UpCommand extends StackCommand {
  @Override
  int run(Stack stack) {
    stack.up(Progress.printing());
    System.err.println("Sluice is up at " + stack.api() + " (state in " + stack.folder() + ")");
    return 0;
  }
}
