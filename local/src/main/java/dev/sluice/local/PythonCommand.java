package dev.sluice.local;

import picocli.CommandLine.Command;

/** {@code sluice-local python}: makes the Python environment and prints its interpreter. */
@Command(name = "python", description = "Make the Python environment; print its interpreter.")
public final class PythonCommand extends StackCommand {
  @Override
  int run(Stack stack) {
    System.out.println(stack.python(Progress.printing()));
    return 0;
  }
}
