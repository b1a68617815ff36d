package dev.sluice.cli.bench;

import dev.sluice.cli.CliException;
import dev.sluice.local.state.Installation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a main class of the module {@code bench} in a JVM of its own. */
final class BenchJvm {
  private final List<String> arguments = new ArrayList<>();

  BenchJvm argument(String value) {
    arguments.add(value);
    return this;
  }

  /** An option that was not given is left to the other JVM's default. */
  BenchJvm option(String name, @Nullable Object value) {
    if (value != null) {
      arguments.add(name);
      arguments.add(value.toString());
    }
    return this;
  }

  /** Runs it to its end, on this terminal; its exit code. */
  int run(String mainClass) throws IOException, InterruptedException {
    Installation installation = Installation.locate();
    Path built = installation.root().resolve("bench/target/quarkus-app");
    if (!Files.isDirectory(built)) {
      throw new CliException("the module 'bench' is not built (./sluice build)");
    }
    List<String> command = new ArrayList<>();
    command.add(installation.java().toString());
    command.add("-Xmx384m");
    command.add("-XX:+UseSerialGC");
    command.add("-D" + Installation.ROOT_PROPERTY + "=" + installation.root());
    command.add("-cp");
    command.add(
        Stream.of("app", "lib/main", "lib/boot")
            .map(folder -> built.resolve(folder) + File.separator + "*")
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(mainClass);
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
