package dev.sluice.cli.work;

import dev.sluice.cli.Context;
import dev.sluice.cli.ExitCode;
import dev.sluice.client.Run;
import dev.sluice.client.RunState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs: list, look, read the log, stop. */
@Command(
    name = "job",
    description = "List, follow and stop runs.",
    footer = {
      "",
      "Examples:",
      "  sluice job list --state failed",
      "  sluice job show 4f7c2c1e-…",
      "  sluice job logs 4f7c2c1e-…",
      "  sluice job logs 4f7c2c1e-… --follow"
    })
public final class JobCommand {

  private final Context context;

  /** Needs no more than the context. */
  public JobCommand(Context context) {
    this.context = context;
  }

  @Command(description = "The runs of the project, newest first as the service gives them.")
  void list(
      @Option(names = "--state", description = "Only in this state.") @Nullable RunState state) {
    context
        .output()
        .list(context.client().runs().list(context.project(), state).toList(), RunColumns.LIST);
  }

  @Command(description = "One run.")
  void show(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--wait", description = "Follow it to its end first.") boolean wait) {
    Run run = context.client().runs().get(id);
    if (wait) {
      run = new RunFollower(context.client().runs(), context.output()).follow(run);
    }
    context.output().one(run, RunColumns.ONE);
    if (run.logTail() != null && !context.output().json()) {
      context.output().say(run.logTail());
    }
  }

  @Command(description = "What the job has written, also after its cluster is gone.")
  int logs(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--attempt", paramLabel = "N", description = "Of this attempt.")
          @Nullable Integer attempt,
      @Option(
              names = "--follow",
              description = "Go on as it writes, over all attempts; fails if the run does.")
          boolean follow) {
    if (follow) {
      return new LogFollower(context.client().runs(), context.output()).follow(id, attempt);
    }
    context.output().print(context.client().runs().logs(id, attempt));
    return ExitCode.OK;
  }

  @Command(description = "What became of its other destinations.")
  void deliveries(@Parameters(paramLabel = "ID") String id) {
    context.output().list(context.client().runs().deliveries(id), RunColumns.DELIVERIES);
  }

  @Command(description = "Try a delivery that failed again.")
  void redeliver(
      @Parameters(paramLabel = "ID") String id,
      @Parameters(paramLabel = "DELIVERY") String delivery) {
    context
        .output()
        .one(context.client().runs().retryDelivery(id, delivery), RunColumns.DELIVERIES);
  }

  @Command(description = "Stop a run.")
  void cancel(@Parameters(paramLabel = "ID") String id) {
    context.client().runs().cancel(id);
    context.output().say("Asked run " + id + " to stop.");
  }
}
