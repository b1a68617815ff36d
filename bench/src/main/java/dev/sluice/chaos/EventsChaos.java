package dev.sluice.chaos;

import dev.sluice.bench.events.Servers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Kills service, broker and database between commit and effect. */
public final class EventsChaos {
  /** The word on the command line. */
  public static final String LEG = "events";

  private static final Duration REST_WITHIN = Duration.ofMinutes(1);
  private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();
  private static final int AFTERGLOW_MILLIS = 100;
  private static final int LINES = 20;
  private static final int REQUESTS = 200;

  private final Servers servers;
  private final Nemesis nemesis;
  private final Checker checker;
  private final List<Said> everything = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final Consumer<String> log;
  private Verdict.@Nullable History first;
  private int violations;
  private double slowestRest;

  private EventsChaos(Servers servers, Consumer<String> log) {
    this.servers = servers;
    this.nemesis = new Nemesis(servers);
    this.checker = new Checker(servers);
    this.log = log;
  }

  /** Runs the trials of this seed on servers of their own. */
  public static Verdict run(int trials, long seed, Path folder, Consumer<String> log)
      throws IOException, SQLException {
    try (Servers servers = Servers.start(folder)) {
      EventsChaos chaos = new EventsChaos(servers, log);
      List<Fault> faults = Fault.sequence(trials, seed);
      for (int trial = 0; trial < trials; trial++) {
        chaos.trial(trial, faults.get(trial), seed);
      }
      return chaos.verdict(trials, seed);
    }
  }

  private void trial(int number, Fault fault, long seed) throws SQLException {
    Load load = Load.start(servers.harness(), seed * 1_000 + number);
    try (load) {
      nemesis.strike(fault);
      LockSupport.parkNanos(Duration.ofMillis(AFTERGLOW_MILLIS).toNanos());
    }
    List<Said> requests = load.history();
    everything.addAll(requests);
    double rest = awaitRest();
    slowestRest = Math.max(slowestRest, rest);
    List<String> wrong = checker.violations(everything).stream().filter(known::add).toList();
    log.accept(
        "trial %d %s: %d requests, rest after %.1f s, %s"
            .formatted(
                number,
                fault,
                requests.size(),
                rest,
                wrong.isEmpty() ? "well" : wrong.size() + " WRONG"));
    if (!wrong.isEmpty()) {
      violated(number, fault, wrong, requests);
    }
  }

  private void violated(int number, Fault fault, List<String> wrong, List<Said> requests) {
    violations++;
    if (first == null) {
      first =
          new Verdict.History(
              number,
              fault.toString(),
              wrong.stream().limit(LINES).toList(),
              requests.stream()
                  .skip(Math.max(0, requests.size() - REQUESTS))
                  .map(Said::toString)
                  .toList());
    }
  }

  /** Seconds until nothing waits; gives up after a minute, and the checker says what is missing. */
  private double awaitRest() throws SQLException {
    long begin = System.nanoTime();
    long deadline = begin + REST_WITHIN.toNanos();
    while (!checker.isQuiet() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private Verdict verdict(int trials, long seed) {
    long facts = everything.stream().filter(s -> s.outcome().equals(Said.COMMITTED)).count();
    return new Verdict(LEG, trials, violations, seed, facts, slowestRest, first);
  }
}
