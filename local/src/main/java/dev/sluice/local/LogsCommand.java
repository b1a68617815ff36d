package dev.sluice.local;

import dev.sluice.local.state.LocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice logs [part...]}. */
@Command(name = "logs", description = "Show the end of the parts' logs.")
public final class LogsCommand extends StackCommand {
  @Parameters(paramLabel = "PART", description = "Only these parts (see 'status').", arity = "0..*")
  private List<String> named = new ArrayList<>();

  @Option(
      names = {"-n", "--lines"},
      description = "Lines of each log (default: ${DEFAULT-VALUE}).",
      defaultValue = "40")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on as lines are added.")
  private boolean follow;

  @Override
  int run(Stack stack) {
    List<String> command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
    if (follow) {
      command.add("-F");
    }
    List<String> logs =
        (named.isEmpty() ? stack.partNames() : named)
            .stream().map(stack::log).filter(Files::exists).map(Path::toString).toList();
    if (logs.isEmpty()) {
      throw new LocalException("No logs yet");
    }
    command.addAll(logs);
    return exec(command);
  }

  private static int exec(List<String> command) {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new LocalException("Cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
