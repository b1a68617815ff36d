package dev.sluice.cli;

import dev.sluice.cli.output.Output;
import dev.sluice.client.SluiceProblemException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;

/** Where {@code sluice} begins. */
public final class SluiceMain {

  private final Map<String, String> environment;
  private final LocalStack stack;
  private final Output output;

  SluiceMain(Map<String, String> environment, LocalStack stack, Output output) {
    this.environment = environment;
    this.stack = stack;
    this.output = output;
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Output output = new Output(writer(System.out), writer(System.err), onTerminal());
    SluiceMain main = new SluiceMain(System.getenv(), new InstalledStack(), output);
    System.exit(main.run(args));
  }

  int run(String... typed) {
    String[] args = VersionReferences.split(CommandTree.rewriteHelp(typed));
    Sluice root = new Sluice();
    try (Context context = new Context(root, environment, stack, output)) {
      if (args.length > 0 && Commands.isLaunchers(args[0])) {
        return CommandTree.ofLauncher(args[0], context)
            .execute(Arrays.copyOfRange(args, 1, args.length));
      }
      CommandLine line = CommandTree.of(root, context, args);
      line.setOut(output.out()).setErr(output.err());
      line.setExecutionExceptionHandler((failure, command, parsed) -> failed(context, failure));
      if (args.length == 0) {
        line.usage(line.getOut());
        return ExitCode.OK;
      }
      return line.execute(args);
    }
  }

  private int failed(Context context, Exception failure) {
    if (context.output().json() && failure instanceof SluiceProblemException problem) {
      output.say(problem.problem().extensions().toString());
    } else {
      output.say("sluice: " + sentence(failure));
    }
    if (environment.containsKey("SLUICE_DEBUG")) {
      failure.printStackTrace(output.err());
    }
    return ExitCode.of(failure);
  }

  private static String sentence(Exception failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "no such file or folder: " + missing.getFile();
      case CliException ours -> String.valueOf(ours.getMessage());
      default ->
          failure.getMessage() == null || failure.getMessage().isBlank()
              ? failure.getClass().getSimpleName()
              : failure.getMessage();
    };
  }

  @SuppressWarnings("SystemConsoleNull")
  private static boolean onTerminal() {
    // Since JDK 22 there is a console even without a terminal, unless the old one is asked for.
    System.setProperty("jdk.console", "java.base");
    return System.console() != null;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
