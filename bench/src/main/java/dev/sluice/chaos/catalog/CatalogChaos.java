package dev.sluice.chaos.catalog;

import dev.sluice.chaos.catalog.CatalogTrial.Tools;
import dev.sluice.chaos.stack.CrashPoints;
import dev.sluice.chaos.stack.Stack;
import dev.sluice.chaos.upload.EventsView;
import dev.sluice.chaos.upload.LedgerView;
import dev.sluice.chaos.upload.StoreView;
import dev.sluice.local.state.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Breaks everything under the catalog, and lets the judge look. */
public final class CatalogChaos {
  /** The word on the command line. */
  public static final String LEG = "catalog";

  private static final String USER = "ada";
  private static final Duration HALTS_WITHIN = Duration.ofSeconds(60);
  private static final int AT_ONCE = 3;
  private static final int WRITERS = 2;
  private static final int CYCLES = 6;
  private static final int AWAY_MILLIS = 4_000;
  private static final int STANDS_STILL_MILLIS = 9_000;
  private static final Duration ZOMBIE_PATIENCE = Duration.ofSeconds(4);
  private static final int SEED_ROOM = 1_000_000;
  private static final double NANOS = 1e9;

  private final Stack stack;
  private final Tools tools;
  private final CatalogJudge judge;
  private final Plan plan;
  private final Consumer<String> log;
  private final Map<String, Integer> points = new TreeMap<>();
  private final Map<String, Integer> faults = new TreeMap<>();
  private final List<CatalogApi> apis = new ArrayList<>();
  private int trials;
  private int violations;
  private long reads;
  private CatalogVerdict.@Nullable Wrong first;

  /**
   * What to do.
   *
   * @param trials projects under random faults, after each crash point was swept
   * @param sweeps how often each crash point is come to
   * @param only the one round to run, negative for all
   * @param reads when not 0, nothing is broken: versions are sealed until readers have read so
   *     often
   */
  public record Plan(int trials, int sweeps, long seed, int only, long reads) {}

  private CatalogChaos(Stack stack, Receiver receiver, Plan plan, Consumer<String> log) {
    this.stack = stack;
    this.plan = plan;
    this.log = log;
    this.tools =
        new Tools(
            stack.database(),
            new StoreView(stack.store()),
            new EventsView(stack.broker()),
            new EventsView(stack.broker(), "sluice.datasets"),
            receiver);
    this.judge = new CatalogJudge(tools);
  }

  /** Settings of the service that make a trial short. */
  private static Map<String, String> quick(Receiver receiver) {
    Map<String, String> settings = new HashMap<>();
    settings.put("SLUICE_CATALOG_TRASH_PURGE_EVERY", "1s");
    settings.put("SLUICE_ERASURE_EVERY", "1s");
    settings.put("SLUICE_RETENTION_EVERY", "1s");
    settings.put("SLUICE_RETENTION_LOOK_EVERY", "1s");
    settings.put("SLUICE_RETENTION_PURGE_AFTER", "1s");
    settings.put("SLUICE_OPENLINEAGE_URL", receiver.lineageUrl());
    settings.put("SLUICE_OPENLINEAGE_TIMEOUT", "1s");
    settings.put("SLUICE_OPENLINEAGE_BATCH", "4");
    settings.put("SLUICE_OPENLINEAGE_RETRY_AT_MOST", "1s");
    settings.put("SLUICE_WEBHOOK_ALLOWED_ADDRESSES", "127.0.0.0/8");
    settings.put("SLUICE_WEBHOOK_ALLOWED_PORTS", "1024-65535");
    settings.put("SLUICE_WEBHOOK_ALLOW_HTTP", "true");
    settings.put("SLUICE_WEBHOOK_TIMEOUT", "3s");
    settings.put("SLUICE_WEBHOOK_SCHEDULE", "1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s,1s");
    return settings;
  }

  /** Runs the plan on servers of its own. */
  public static CatalogVerdict run(Plan plan, Path folder, Consumer<String> log) throws Exception {
    List<String> all = points();
    List<CatalogFault> faults = planned(plan, all);
    try (Receiver receiver = Receiver.start();
        Stack stack = Stack.ofCatalog(folder.resolve("catalog"), quick(receiver))) {
      CatalogChaos chaos = new CatalogChaos(stack, receiver, plan, log);
      long begin = System.nanoTime();
      int rounds = 0;
      for (int round = 0; round < faults.size(); round++) {
        if (plan.only() < 0 || plan.only() == round) {
          int left = plan.trials() - (round - all.size() * plan.sweeps()) * AT_ONCE;
          chaos.round(round, faults.get(round), Math.min(AT_ONCE, left));
          rounds++;
        }
      }
      chaos.still();
      return chaos.verdict(rounds, faults, (System.nanoTime() - begin) / NANOS);
    }
  }

  private static List<CatalogFault> planned(Plan plan, List<String> points) {
    if (plan.reads() > 0) {
      return List.of(new CatalogFault.Read(plan.reads()));
    }
    List<CatalogFault> faults = new ArrayList<>();
    for (int sweep = 0; sweep < plan.sweeps(); sweep++) {
      points.forEach(point -> faults.add(new CatalogFault.PointHit(point)));
    }
    faults.addAll(CatalogFault.sequence(Math.ceilDiv(plan.trials(), AT_ONCE), plan.seed()));
    return faults;
  }

  /** Every crash point that the catalog has. */
  static List<String> points() throws IOException {
    Path root = Installation.locate().root();
    return List.copyOf(
        CrashPoints.below(
            List.of(
                root.resolve("catalog-service/src/main/java"),
                root.resolve("service-support/src/main/java"))));
  }

  private void round(int number, CatalogFault fault, int most) throws Exception {
    Random random = new Random(plan.seed() * 1_000_003 + number);
    faults.merge(kind(fault), 1, Integer::sum);
    if (fault instanceof CatalogFault.Crowd crowd) {
      crowd(number, crowd, random);
      return;
    }
    if (fault instanceof CatalogFault.Read read) {
      read(number, read, random);
      return;
    }
    long begin = System.nanoTime();
    int count = fault instanceof CatalogFault.PointHit ? 1 : most;
    List<CatalogTrial> struck = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      struck.add(trial(number, i, random));
    }
    double made = (System.nanoTime() - begin) / NANOS;
    boolean reached = strike(fault, struck);
    double whole = (System.nanoTime() - begin) / NANOS;
    int wrong = 0;
    for (CatalogTrial trial : struck) {
      List<String> found = judged(trial);
      wrong += found.isEmpty() ? 0 : 1;
      count(
          number,
          fault,
          found,
          trial.writers().stream()
              .flatMap(w -> w.lines().stream().map(line -> w.dataset() + ": " + line))
              .toList());
    }
    log.accept(
        "round %d %s: %d projects, made %.1f s, %.1f s, judged after %.1f s, lost %d, %s"
            .formatted(
                number,
                fault,
                count,
                made,
                whole,
                (System.nanoTime() - begin) / NANOS,
                struck.stream().mapToLong(t -> t.api().lost()).sum(),
                !reached ? "NOT REACHED" : wrong == 0 ? "well" : "WRONG in " + wrong));
  }

  private List<String> judged(CatalogTrial trial) {
    try {
      return judge.of(trial);
    } catch (Exception e) {
      log.accept("cannot judge: " + e);
      return List.of("cannot be judged: " + e);
    }
  }

  private CatalogTrial trial(int number, int i, Random random) throws Exception {
    CatalogApi api = api("c%d-%d-%d".formatted(Math.floorMod(plan.seed(), SEED_ROOM), number, i));
    CatalogTrial trial =
        new CatalogTrial(
            api, stack.serviceToken(Stack.UPLOAD), tools, new Random(random.nextLong()));
    trial.setUp(WRITERS, tools.receiver().url(api.project()));
    return trial;
  }

  private CatalogApi api(String project) {
    CatalogApi api = new CatalogApi(stack.api(), stack.token(USER), project);
    apis.add(api);
    return api;
  }

  /** Whether the fault came about. */
  private boolean strike(CatalogFault fault, List<CatalogTrial> struck) {
    return switch (fault) {
      case CatalogFault.Killed f -> {
        CompletableFuture<Void> running = all(struck, false);
        Waits.pause(f.afterMillis());
        f.parts().parallelStream().forEach(stack::kill);
        yield finish(running);
      }
      case CatalogFault.DatabaseStopped f -> {
        CompletableFuture<Void> running = all(struck, false);
        Waits.pause(f.afterMillis());
        stack.stopDatabaseAtOnce();
        yield finish(running);
      }
      case CatalogFault.PointHit f -> {
        stack.arm(Stack.CATALOG, f.point());
        CompletableFuture<Void> running = all(struck, true);
        boolean reached = stack.endsWithin(Stack.CATALOG, HALTS_WITHIN);
        points.merge(f.point(), reached ? 1 : 0, Integer::sum);
        if (!reached) {
          stack.arm(Stack.CATALOG, "");
        }
        finish(running);
        yield reached;
      }
      case CatalogFault.BrokerAway f -> {
        CompletableFuture<Void> running = all(struck, false);
        Waits.pause(f.afterMillis());
        stack.kill("kafka");
        Waits.pause(AWAY_MILLIS);
        yield finish(running);
      }
      case CatalogFault.SaidAgain f -> {
        struck.forEach(trial -> trial.sayAgain(f.times()));
        all(struck, false).join();
        yield true;
      }
      case CatalogFault.Zombie f -> zombie(struck, f.point(), 0);
      case CatalogFault.Paused f -> zombie(struck, "", f.afterMillis());
      case CatalogFault.Crowd f -> throw new IllegalArgumentException("a crowd is no project");
      case CatalogFault.Read f -> throw new IllegalArgumentException("readers are no project");
    };
  }

  private boolean finish(CompletableFuture<Void> running) {
    stack.startAgain();
    running.join();
    return true;
  }

  /** One replica stands still in the middle of its work, another one takes over, it goes on. */
  private boolean zombie(List<CatalogTrial> struck, String point, int afterMillis) {
    stack.startSecondCatalog();
    List<String> both = List.of(stack.api(), stack.catalogApi(Stack.SECOND_CATALOG));
    struck.forEach(trial -> trial.api().ask(both, ZOMBIE_PATIENCE));
    if (!point.isEmpty()) {
      stack.armPause(Stack.CATALOG, point);
    }
    CompletableFuture<Void> running = all(struck, false);
    boolean reached = true;
    if (point.isEmpty()) {
      Waits.pause(afterMillis);
      stack.pause(Stack.CATALOG);
    } else {
      reached = stack.pausesWithin(Stack.CATALOG, HALTS_WITHIN);
    }
    if (reached) {
      Waits.pause(STANDS_STILL_MILLIS);
      stack.goOn(Stack.CATALOG);
    } else {
      stack.arm(Stack.CATALOG, "");
    }
    running.join();
    stack.kill(Stack.SECOND_CATALOG);
    struck.forEach(trial -> trial.api().ask(List.of(stack.api()), Duration.ofSeconds(20)));
    return reached;
  }

  private void crowd(int number, CatalogFault.Crowd fault, Random random) throws Exception {
    long begin = System.nanoTime();
    CatalogApi api = pool(number, random);
    Crowd crowd = new Crowd(api, new LedgerView(tools.database()), random);
    List<String> wrong = new ArrayList<>();
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            () -> {
              try {
                crowd.run(CYCLES, api.at(stack.catalogApi(Stack.CATALOG)));
              } catch (Exception e) {
                wrong.add(String.valueOf(e));
              }
            });
    if (fault.killedAfterMillis() > 0) {
      Waits.pause(fault.killedAfterMillis());
      stack.kill(Stack.CATALOG);
      stack.startAgain();
    }
    running.join();
    reads += crowd.readers().reads();
    wrong.addAll(crowd.wrong());
    count(number, fault, wrong, List.of());
    log.accept(
        "round %d %s: %.1f s, %d reads, %s"
            .formatted(
                number,
                fault,
                (System.nanoTime() - begin) / NANOS,
                crowd.readers().reads(),
                wrong.isEmpty() ? "well" : "WRONG"));
  }

  /** A project with contents that files can point at. */
  private CatalogApi pool(int number, Random random) throws Exception {
    CatalogApi api = api("c%d-%d-x".formatted(Math.floorMod(plan.seed(), SEED_ROOM), number));
    CatalogTrial pool =
        new CatalogTrial(
            api, stack.serviceToken(Stack.UPLOAD), tools, new Random(random.nextLong()));
    pool.setUp(0, tools.receiver().url(api.project()));
    return api;
  }

  private void read(int number, CatalogFault.Read fault, Random random) throws Exception {
    CatalogApi api = pool(number, random);
    Seals seals = new Seals(api);
    long begin = System.nanoTime();
    int sealed = seals.run(fault.reads(), api.at(stack.catalogApi(Stack.CATALOG)));
    Readers readers = seals.readers();
    reads += readers.reads();
    count(number, fault, readers.wrong(), List.of());
    log.accept(
        "round %d %s: %.1f s, %d versions sealed by 4 at once, %d reads, %d of them of drafts, %d while a seal was under way, %s"
            .formatted(
                number,
                fault,
                (System.nanoTime() - begin) / NANOS,
                sealed,
                readers.reads(),
                readers.ofDrafts(),
                readers.duringSeals(),
                readers.wrong().isEmpty() ? "well" : "WRONG"));
  }

  private static CompletableFuture<Void> all(List<CatalogTrial> struck, boolean tour) {
    return CompletableFuture.allOf(
        struck.stream()
            .map(trial -> CompletableFuture.runAsync(() -> trial.run(tour)))
            .toArray(CompletableFuture<?>[]::new));
  }

  private void still() {
    List<String> wrong = judge.still();
    if (!wrong.isEmpty()) {
      violations++;
      log.accept("WRONG at the end " + wrong);
    }
  }

  private void count(int number, CatalogFault fault, List<String> wrong, List<String> lines) {
    trials++;
    if (!wrong.isEmpty()) {
      violations++;
      log.accept("WRONG in round " + number + " " + String.join("\n   ", wrong));
      if (first == null) {
        first = new CatalogVerdict.Wrong(number, fault.toString(), wrong, lines);
      }
    }
  }

  private static String kind(CatalogFault fault) {
    return fault instanceof CatalogFault.Killed f
        ? "Killed" + f.parts()
        : fault.getClass().getSimpleName();
  }

  private CatalogVerdict verdict(int rounds, List<CatalogFault> planned, double seconds) {
    List<String> never =
        points.entrySet().stream().filter(e -> e.getValue() == 0).map(Map.Entry::getKey).toList();
    return new CatalogVerdict(
        LEG,
        trials,
        rounds,
        faults,
        points,
        never,
        violations,
        plan.seed(),
        apis.stream().mapToLong(CatalogApi::asked).sum(),
        apis.stream().mapToLong(CatalogApi::lost).sum(),
        judge.versions(),
        judge.facts(),
        reads,
        judge.slowestRest(),
        seconds / Math.max(1, Math.min(rounds, planned.size())),
        first);
  }
}
