package dev.sluice.local;

import picocli.CommandLine.Command;

/** {@code sluice down}. */
@Command(name = "down", description = "Stop the local stack and keep its data.")
public final class DownCommand extends StackCommand {
  @Override
  int run(Stack stack) {
    stack.down(Progress.printing());
    return 0;
  }
}
