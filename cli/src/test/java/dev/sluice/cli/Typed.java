package dev.sluice.cli;

import dev.sluice.cli.output.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** What a command typed into a shell did. */
record Typed(int exitCode, String out, String err) {

  /** Runs a command in the given surroundings. */
  static Typed in(Map<String, String> environment, LocalStack stack, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Output output = new Output(new PrintWriter(out, true), new PrintWriter(err, true), false);
    int exitCode = new SluiceMain(environment, stack, output).run(args);
    return new Typed(exitCode, out.toString(), err.toString());
  }
}
