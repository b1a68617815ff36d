package dev.sluice.cli.work;

import dev.sluice.cli.ExitCode;
import dev.sluice.cli.output.Output;
import dev.sluice.client.Pause;
import dev.sluice.client.RunClient;
import dev.sluice.client.RunLogEvent;
import dev.sluice.client.RunLogEvent.Ended;
import dev.sluice.client.RunLogEvent.Printed;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Prints the log of a run as it grows, one attempt after the other; comes again when it is cut. */
final class LogFollower {
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private final RunClient runs;
  private final Output output;
  private long offset;
  private @Nullable Ended end;

  LogFollower(RunClient runs, Output output) {
    this.runs = runs;
    this.output = output;
  }

  /** How the run ended, as an exit code. */
  int follow(String id, @Nullable Integer first) {
    Integer attempt = first == null ? Integer.valueOf(runs.get(id).attempt()) : first;
    while (true) {
      Ended ended = toItsEnd(id, attempt);
      Integer next = ended.nextAttempt();
      if (next == null) {
        output.say("Run " + id + " has " + ended.state() + ".");
        return ended.state().equals("succeeded") ? ExitCode.OK : ExitCode.FAILED;
      }
      output.say("Attempt " + next + " follows.");
      attempt = next;
    }
  }

  private Ended toItsEnd(String id, int attempt) {
    offset = 0;
    end = null;
    while (true) {
      try {
        runs.follow(id, attempt, offset, this::take);
      } catch (UncheckedIOException e) {
        output.say("The connection was cut; following again.");
      }
      Ended ended = end;
      if (ended != null) {
        return ended;
      }
      Pause.of(BETWEEN);
    }
  }

  private void take(RunLogEvent event) {
    switch (event) {
      case Printed printed -> {
        output.print(printed.text());
        offset = printed.offset();
      }
      case Ended ended -> end = ended;
    }
  }
}
