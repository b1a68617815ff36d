package dev.sluice.local;

import dev.sluice.local.state.LocalException;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code sluice env}: {@code eval "$(sluice env)"} lets other programs find the stack. */
@Command(name = "env", description = "Print shell exports with the stack's addresses and secrets.")
public final class EnvCommand extends StackCommand {
  @Override
  int run(Stack stack) {
    Map<String, String> environment = stack.environment();
    if (environment.isEmpty()) {
      throw new LocalException("No stack was started here yet (sluice up)");
    }
    environment.forEach(
        (name, value) -> System.out.println("export " + name + "=" + quoted(value)));
    return 0;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
