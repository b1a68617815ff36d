package dev.sluice.local.process;

import dev.sluice.local.state.Installation;
import java.util.ArrayList;
import java.util.List;

/** Command lines of child JVMs, kept small: serial collector, short thread stacks. */
public final class JavaCommand {
  private static final int WARNS_OF_UNSAFE = 23;
  private static final int COMPACT_HEADERS = 25;

  private final Installation installation;
  private final List<String> flags = new ArrayList<>();

  /** A JVM of this installation with at most so many MiB of heap. */
  public JavaCommand(Installation installation, int heapMiB) {
    this.installation = installation;
    flags.addAll(
        List.of(
            "-Xmx" + heapMiB + "m",
            "-Xms16m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:ReservedCodeCacheSize=96m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Djava.net.preferIPv4Stack=true",
            "-Dfile.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED"));
    if (Runtime.version().feature() >= WARNS_OF_UNSAFE) {
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (Runtime.version().feature() >= COMPACT_HEADERS) {
      flags.add("-XX:+UseCompactObjectHeaders");
    }
  }

  /** Adds a JVM flag. */
  public JavaCommand flag(String flag) {
    flags.add(flag);
    return this;
  }

  /** Runs a main class of the launcher's own class path. */
  public List<String> main(String mainClass, String... arguments) {
    List<String> command = start();
    command.addAll(List.of("-cp", installation.classPath(), mainClass));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs an executable jar. */
  public List<String> jar(String jar) {
    List<String> command = start();
    command.addAll(List.of("-jar", jar));
    return command;
  }

  private List<String> start() {
    List<String> command = new ArrayList<>();
    command.add(installation.java().toString());
    command.addAll(flags);
    return command;
  }
}
