package dev.sluice.chaos.imports;

import dev.sluice.chaos.stack.CrashPoints;
import dev.sluice.chaos.stack.Stack;
import dev.sluice.chaos.upload.Api;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Breaks everything under imports, and lets the judge look. */
public final class ImportChaos {
  /** The word on the command line. */
  public static final String LEG = "import";

  private static final String USER = "ada";
  private static final String AFTER_CHANGE = "import.list.afterAbort";
  private static final Duration RESTS_WITHIN = Duration.ofSeconds(40);
  private static final int SMALLEST_PART = 5 << 20;
  private static final int AT_ONCE = 8;
  private static final int SEED_ROOM = 1_000_000;
  private static final int LOOKS = 4;
  private static final int ATTEMPTS = 4;
  private static final int GRACE_MILLIS = 1_100;
  private static final double NANOS = 1e9;

  private final Stack stack;
  private final Api api;
  private final LedgerView ledger;
  private final EventsView events;
  private final ImportJudge judge;
  private final SourceServer server;
  private final Plan plan;
  private final Consumer<String> log;
  private final List<String> neverReached = new ArrayList<>();
  private int trials;
  private int violations;
  private long files;
  private long bytesKept;
  private ImportVerdict.@Nullable Wrong first;

  /**
   * What to do.
   *
   * @param trials imports under random faults, after each crash point was swept
   * @param sweeps how often each crash point is come to
   * @param only the one round to run, negative for all
   */
  public record Plan(int trials, int sweeps, long seed, int only) {}

  private ImportChaos(Stack stack, SourceServer server, Plan plan, Consumer<String> log) {
    this.stack = stack;
    this.server = server;
    this.plan = plan;
    this.log = log;
    this.api = new Api(stack.api(), stack.token(USER));
    this.ledger = new LedgerView(stack.database());
    this.events = new EventsView(stack.broker());
    this.judge = new ImportJudge(new StoreView(stack.store()), ledger, events);
  }

  /** Settings of the service that make a trial short: small parts, quick repeats. */
  private static Map<String, String> quick() {
    Map<String, String> settings = new HashMap<>();
    settings.put("SLUICE_UPLOAD_SMALLEST_PART", Integer.toString(SMALLEST_PART));
    settings.put("SLUICE_UPLOAD_URL_EXPIRY", "10s");
    settings.put("SLUICE_UPLOAD_CLEANUP_EVERY", "1s");
    settings.put("SLUICE_RECONCILE_GRACE", "1s");
    settings.put("SLUICE_VERIFICATION_LEASE", "3s");
    settings.put("SLUICE_VERIFICATION_RETRY_AFTER", "300ms");
    settings.put("SLUICE_IMPORT_ALLOWED_ADDRESSES", "127.0.0.0/8");
    settings.put("SLUICE_IMPORT_ALLOWED_PORTS", "1-65535");
    settings.put("SLUICE_IMPORT_READ_TIMEOUT", "10s");
    settings.put("SLUICE_IMPORTS_LEASE", "3s");
    settings.put("SLUICE_IMPORTS_RENEW_EVERY", "1s");
    settings.put("SLUICE_IMPORTS_REST", "300ms");
    settings.put("SLUICE_IMPORTS_PARALLELISM", Integer.toString(AT_ONCE));
    settings.put("SLUICE_IMPORTS_PARALLEL_PARTS", "2");
    return settings;
  }

  /** Runs the plan on servers of its own. */
  public static ImportVerdict run(Plan plan, Path folder, Consumer<String> log) throws Exception {
    List<String> points = points();
    List<ImportFault> faults = new ArrayList<>();
    for (int sweep = 0; sweep < plan.sweeps(); sweep++) {
      points.forEach(point -> faults.add(new ImportFault.PointHit(point)));
    }
    faults.addAll(ImportFault.sequence(Math.ceilDiv(plan.trials(), AT_ONCE), plan.seed()));
    try (SourceServer server = SourceServer.start();
        Stack stack = Stack.start(folder.resolve("import"), quick())) {
      ImportChaos chaos = new ImportChaos(stack, server, plan, log);
      long begin = System.nanoTime();
      int rounds = 0;
      for (int round = 0; round < faults.size(); round++) {
        if (plan.only() < 0 || plan.only() == round) {
          int left = plan.trials() - (round - points.size() * plan.sweeps()) * AT_ONCE;
          chaos.round(round, faults.get(round), Math.min(AT_ONCE, left));
          rounds++;
        }
      }
      return chaos.verdict(rounds, points, (System.nanoTime() - begin) / NANOS);
    }
  }

  /** Every crash point of imports. */
  static List<String> points() throws IOException {
    Path root = Installation.locate().root();
    return CrashPoints.below(List.of(root.resolve("upload-service/src/main/java"))).stream()
        .filter(point -> point.startsWith("import."))
        .toList();
  }

  /** A crash point that a round does not come to is tried with other files. */
  private void round(int number, ImportFault fault, int most) throws Exception {
    boolean reached = false;
    for (int attempt = 0; !reached && attempt < ATTEMPTS; attempt++) {
      reached = round(number, attempt, fault, most);
    }
    if (!reached && fault instanceof ImportFault.PointHit point) {
      neverReached.add(point.point());
    }
  }

  private boolean round(int number, int attempt, ImportFault fault, int most) throws Exception {
    Random random = new Random(plan.seed() * 1_000_003 + number + (long) attempt * SEED_ROOM);
    long begin = System.nanoTime();
    List<ImportTrial> struck = struck(number, attempt, fault, most, random);
    Round round = new Round(stack, ledger, struck, random);
    round.run(fault, project -> events.sayAgain(events.of(project), 1));
    double whole = (System.nanoTime() - begin) / NANOS;
    int wrong = 0;
    for (ImportTrial trial : struck) {
      trial.wrong().addAll(judged(trial));
      trial.end();
      wrong += trial.wrong().isEmpty() ? 0 : 1;
      count(number, fault, trial);
    }
    log.accept(
        "round %d %s: %d imports, %.1f s, judged after %.1f s, %s"
            .formatted(
                number,
                fault,
                struck.size(),
                whole,
                (System.nanoTime() - begin) / NANOS,
                !round.reached() ? "NOT REACHED" : wrong == 0 ? "well" : "WRONG in " + wrong));
    return round.reached();
  }

  private List<ImportTrial> struck(
      int number, int attempt, ImportFault fault, int most, Random random) throws IOException {
    List<ImportTrial> all = new ArrayList<>();
    int count = fault instanceof ImportFault.PointHit ? 1 : most;
    for (int i = 0; i < count; i++) {
      String project =
          "i%d-%d-%d-%d".formatted(Math.floorMod(plan.seed(), SEED_ROOM), number, attempt, i);
      all.add(
          ImportTrial.of(
              api,
              server,
              project,
              trouble(number + i, fault, random),
              fault instanceof ImportFault.PointHit || i % 4 == 0,
              SMALLEST_PART,
              random));
    }
    return all;
  }

  /** Sources alone go wrong in every way; under another fault one of four does. */
  private static Trouble trouble(int number, ImportFault fault, Random random) {
    Trouble[] kinds = Trouble.values();
    return switch (fault) {
      case ImportFault.PointHit point ->
          point.point().equals(AFTER_CHANGE) ? Trouble.CHANGES : Trouble.NONE;
      case ImportFault.SourcesOnly f -> kinds[number % kinds.length];
      case ImportFault.AskedTwice f -> Trouble.NONE;
      case ImportFault.Scheduled f -> Trouble.NONE;
      default -> random.nextInt(4) == 0 ? kinds[random.nextInt(kinds.length)] : Trouble.NONE;
    };
  }

  /** Reconciles, which must harm nothing, and judges; what is about to end is looked at again. */
  private List<String> judged(ImportTrial trial) throws Exception {
    String project = trial.order().project();
    long deadline = System.nanoTime() + RESTS_WITHIN.toNanos();
    while (ledger.restless(project) > 0 && System.nanoTime() < deadline) {
      Round.pause(50);
    }
    List<String> wrong = List.of("never judged");
    for (int look = 0; look < LOOKS && !wrong.isEmpty(); look++) {
      if (look > 0) {
        Round.pause(GRACE_MILLIS);
      }
      trial.order().reconcile();
      wrong = judge.of(trial);
    }
    return wrong;
  }

  private void count(int number, ImportFault fault, ImportTrial trial) {
    trials++;
    files += trial.expected().size();
    bytesKept += trial.expected().values().stream().mapToLong(f -> f.now().length).sum();
    if (!trial.wrong().isEmpty()) {
      violations++;
      log.accept("WRONG " + trial.order().project() + " " + trial.wrong());
      if (first == null) {
        first =
            new ImportVerdict.Wrong(
                number, fault.toString(), List.copyOf(trial.wrong()), List.copyOf(trial.lines()));
      }
    }
  }

  private ImportVerdict verdict(int rounds, List<String> points, double seconds) {
    Map<String, Integer> mischief = new TreeMap<>();
    stack.serviceToStore().mischiefDone().forEach((kind, n) -> mischief.put(kind, n.get()));
    return new ImportVerdict(
        LEG,
        trials,
        rounds,
        points,
        neverReached,
        violations,
        plan.seed(),
        files,
        server.bytesServed(),
        bytesKept,
        mischief,
        seconds / Math.max(1, trials),
        first);
  }
}
