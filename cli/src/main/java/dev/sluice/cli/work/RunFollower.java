package dev.sluice.cli.work;

import dev.sluice.cli.output.Output;
import dev.sluice.cli.output.Progress;
import dev.sluice.cli.output.Texts;
import dev.sluice.client.Pause;
import dev.sluice.client.Run;
import dev.sluice.client.RunClient;
import dev.sluice.client.RunState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Watches a run until it has ended, telling every change of its state. */
public final class RunFollower {

  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final RunClient runs;
  private final Output output;

  /** Watches through the given client and tells the given output. */
  public RunFollower(RunClient runs, Output output) {
    this.runs = runs;
    this.output = output;
  }

  /** The run at its end, whatever that is. */
  public Run follow(Run started) {
    Instant begin = Instant.now();
    try (Progress progress = new Progress(output, "run " + Texts.shorten(started.id(), 9))) {
      @Nullable RunState before = null;
      Run run = started;
      while (true) {
        String time = Texts.seconds(Duration.between(begin, Instant.now()));
        if (run.state() != before) {
          progress.note(Texts.of(run.state()) + " after " + time);
          before = run.state();
        }
        if (run.state().ended()) {
          return run;
        }
        String waiting = run.waitingFor() == null ? "" : ", waiting for " + run.waitingFor();
        String far = RunColumns.progress(run);
        String words = Texts.of(run.state()) + ", " + time + waiting;
        progress.at(0, 0, far == null || run.state().ended() ? words : words + ", " + far);
        Pause.of(BETWEEN);
        run = runs.get(run.id());
      }
    }
  }
}
