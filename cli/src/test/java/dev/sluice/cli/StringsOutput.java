package dev.sluice.cli;

import dev.sluice.cli.output.Output;
import java.io.PrintWriter;
import java.io.StringWriter;

/** An output that remembers. */
record StringsOutput(StringWriter out, StringWriter err) {

  StringsOutput() {
    this(new StringWriter(), new StringWriter());
  }

  Output output() {
    return new Output(new PrintWriter(out, true), new PrintWriter(err, true), false);
  }
}
