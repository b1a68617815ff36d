package dev.sluice.bench.footprint;

import dev.sluice.bench.Comparison;
import dev.sluice.bench.Figure;
import dev.sluice.bench.FigureSink;
import dev.sluice.bench.Goal;
import dev.sluice.bench.Leg;
import dev.sluice.bench.Pairs;
import dev.sluice.bench.Pairs.Sample;
import dev.sluice.bench.Settings;
import dev.sluice.local.PartStatus;
import dev.sluice.local.Progress;
import dev.sluice.local.Service;
import dev.sluice.local.Stack;
import dev.sluice.local.state.Installation;
import dev.sluice.local.state.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Start-up time and memory at rest, with an AOT cache (JDK 25 and newer) beside without. */
public final class FootprintLeg implements Leg {
  private static final int ONE_STEP_CACHE = 25;
  private static final int MOST_PAIRS = 5;
  private static final Duration REST = Duration.ofSeconds(10);
  private static final double MEGABYTE = 1e6;

  @Override
  public String name() {
    return "footprint";
  }

  @Override
  public void run(Settings settings, FigureSink sink) throws Exception {
    Stack stack = Stack.open();
    if (!stack.running()) {
      sink.say("footprint: starting the stack");
      stack.up(Progress.printing());
    }
    rest();
    restOfTheStack(stack, sink);
    double ours = 0;
    double peers = 0;
    for (Service service : Service.values()) {
      Comparison memory = service(stack, service, settings, sink);
      ours += memory.ours();
      peers += memory.peer();
    }
    sink.figure(
        Figure.sums(name(), "memory at rest, four services", "MB", ours, peers)
            .with(Goal.oursAtMost(600)));
    stack.up(Progress.printing());
  }

  private void restOfTheStack(Stack stack, FigureSink sink) {
    long all = 0;
    for (PartStatus part : stack.status()) {
      all += part.memoryBytes();
      double megabytes = part.memoryBytes() / MEGABYTE;
      sink.figure(Figure.alone(name(), "memory at rest, " + part.part(), "MB", megabytes));
    }
    sink.figure(
        Figure.alone(name(), "memory at rest, whole stack", "MB", all / MEGABYTE)
            .with(Goal.oursAtMost(4_295)));
  }

  /** Measures one service and returns its memory; leaves it stopped. */
  private Comparison service(Stack stack, Service service, Settings settings, FigureSink sink)
      throws Exception {
    String module = service.module();
    StateFolder state = new StateFolder(stack.folder());
    Path jar = Installation.locate().serviceJar(module);
    ServiceRun run = ServiceRun.ofRunning(state, module, jar);
    sink.say("footprint: " + module);
    run.stop();
    boolean canCache = Runtime.version().feature() >= ONE_STEP_CACHE;
    List<String> ours =
        canCache ? train(run, settings.data().resolve(module + ".aot")) : run.plain();
    Settings few =
        new Settings(
            Math.min(settings.pairs(), MOST_PAIRS), 1, 1, settings.seed(), settings.data());
    Pairs pairs = Pairs.run(few, () -> once(run, ours), () -> once(run, run.plain()));
    sink.figure(
        Figure.beside(name(), "start-up, " + module, "s", "no AOT cache", pairs.by("seconds"))
            .with(Goal.oursAtMost(1)));
    Comparison memory = pairs.by("megabytes");
    sink.figure(Figure.beside(name(), "memory at rest, " + module, "MB", "no AOT cache", memory));
    return memory;
  }

  private static List<String> train(ServiceRun run, Path cache) throws java.io.IOException {
    Files.deleteIfExists(cache);
    run.start(run.training(cache));
    run.stop();
    if (!Files.exists(cache)) {
      throw new IllegalStateException("the training run wrote no cache");
    }
    return run.cached(cache);
  }

  private static Sample once(ServiceRun run, List<String> command) {
    double seconds = run.start(command);
    rest();
    double megabytes = run.memory() / MEGABYTE;
    run.stop();
    return new Sample(Map.of("seconds", seconds, "megabytes", megabytes), "", "");
  }

  private static void rest() {
    LockSupport.parkNanos(REST.toNanos());
  }
}
