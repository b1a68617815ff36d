package dev.sluice.chaos.upload;

import static dev.sluice.chaos.upload.UploadClient.named;

import dev.sluice.chaos.stack.CrashPoints;
import dev.sluice.chaos.stack.Stack;
import dev.sluice.local.state.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Breaks everything under uploads, and lets the judge look. */
public final class UploadChaos {
  private static final List<String> ELSEWHERE =
      List.of("import.", "upload.batch.", "upload.repair.");

  /** The word on the command line. */
  public static final String LEG = "upload";

  private static final String USER = "ada";

  /** The least that S3 takes, but for the last part. */
  private static final int SMALLEST_PART = 5 << 20;

  private static final int LINES = 400;
  private static final int LOOKS = 3;
  private static final int GRACE_MILLIS = 1_100;

  private final Stack stack;
  private final Api api;
  private final LedgerView ledger;
  private final EventsView events;
  private final Judge judge;
  private final Plan plan;
  private final Consumer<String> log;
  private final List<String> neverReached = new ArrayList<>();
  private int violations;
  private int files;
  private long bytes;
  private long sentAgain;
  private long internalErrors;
  private long orphans;
  private double slowestRest;
  private UploadVerdict.@Nullable Wrong first;

  /**
   * What to do.
   *
   * @param trials random faults, after each crash point was swept
   * @param sweeps how often each crash point is come to
   * @param only the one trial to run, negative for all
   */
  public record Plan(int trials, int sweeps, long seed, int only) {}

  private UploadChaos(Stack stack, Plan plan, Consumer<String> log) {
    this.stack = stack;
    this.plan = plan;
    this.log = log;
    this.api = new Api(stack.api(), stack.token(USER));
    this.ledger = new LedgerView(stack.database());
    this.events = new EventsView(stack.broker());
    this.judge = new Judge(new StoreView(stack.store()), ledger, events);
  }

  /** Settings of the service that make a trial short: small parts, quick repeats. */
  private static Map<String, String> quick() {
    return Map.of(
        "SLUICE_UPLOAD_SMALLEST_PART", Integer.toString(SMALLEST_PART),
        "SLUICE_UPLOAD_URL_EXPIRY", "10s",
        "SLUICE_UPLOAD_CLEANUP_EVERY", "1s",
        "SLUICE_RECONCILE_GRACE", "1s",
        "SLUICE_VERIFICATION_LEASE", "3s",
        "SLUICE_VERIFICATION_RETRY_AFTER", "300ms");
  }

  /** The part size that the service gives small files; it says so itself. */
  private int partSize() throws IOException {
    Place place = Place.make(api, "c-part-size");
    TrialFile file = TrialFile.of("any.bin", 1, 1);
    return api.ask("GET", "/api/v1/uploads/chunks" + Api.query(named(place.target(), file)), "")
        .json()
        .path("partSize")
        .asInt();
  }

  /** Runs the plan on servers of its own. */
  public static UploadVerdict run(Plan plan, Path folder, Consumer<String> log) throws Exception {
    List<String> points = points();
    List<UploadFault> faults = new ArrayList<>();
    for (int sweep = 0; sweep < plan.sweeps(); sweep++) {
      points.forEach(point -> faults.add(new UploadFault.PointHit(point)));
    }
    faults.addAll(UploadFault.sequence(plan.trials(), plan.seed()));
    try (Stack stack = Stack.start(folder.resolve("upload"), quick())) {
      UploadChaos chaos = new UploadChaos(stack, plan, log);
      int partSize = chaos.partSize();
      long begin = System.nanoTime();
      for (int trial = 0; trial < faults.size(); trial++) {
        if (plan.only() < 0 || plan.only() == trial) {
          chaos.trial(trial, faults.get(trial), partSize);
        }
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      int run = plan.only() < 0 ? faults.size() : 1;
      return chaos.verdict(run, points, seconds / Math.max(1, run));
    }
  }

  /**
   * Every crash point that the seeds' protocol comes to; not those of imports and batches, which
   * the judge's own client does not use.
   */
  static List<String> points() throws IOException {
    Path root = Installation.locate().root();
    return CrashPoints.below(
            List.of(
                root.resolve("upload-service/src/main/java"),
                root.resolve("service-support/src/main/java")))
        .stream()
        .filter(point -> ELSEWHERE.stream().noneMatch(point::startsWith))
        .toList();
  }

  private void trial(int number, UploadFault fault, int partSize) throws Exception {
    String project = "c%d-%d".formatted(Math.floorMod(plan.seed(), 1_000_000L), number);
    Random random = new Random(plan.seed() * 1_000_003 + number);
    Trial trial = new Trial(stack, api, judge, project, random, partSize);
    long begin = System.nanoTime();
    Place place = trial.run(fault, events);
    long whole = System.nanoTime();
    trial.settle(place, ledger);
    double rest = (System.nanoTime() - whole) / 1e9;
    List<String> wrong = new ArrayList<>(trial.history().wrong());
    wrong.addAll(judged(place, trial, fault));
    if (!trial.reached() && fault instanceof UploadFault.PointHit point) {
      neverReached.add(point.point());
    }
    slowestRest = Math.max(slowestRest, rest);
    count(trial);
    log.accept(
        "trial %d %s: %d files, %.1f s, rest after %.1f s, %s"
            .formatted(
                number,
                fault,
                trial.outcomes().size(),
                (System.nanoTime() - begin) / 1e9,
                rest,
                !trial.reached() ? "NOT REACHED" : wrong.isEmpty() ? "well" : "WRONG " + wrong));
    if (!wrong.isEmpty()) {
      violations++;
      if (first == null) {
        List<String> lines = trial.history().lines();
        first =
            new UploadVerdict.Wrong(
                number,
                fault.toString(),
                wrong,
                lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
      }
    }
  }

  /** Reconciles, which must harm nothing, and judges; young orphans are found in a second try. */
  private List<String> judged(Place place, Trial trial, UploadFault fault) throws Exception {
    boolean saidOnce = !(fault instanceof UploadFault.LedgerRestored);
    String project = place.target().project();
    List<String> wrong = List.of("never judged");
    for (int look = 0; look < LOOKS && !wrong.isEmpty(); look++) {
      if (look > 0) {
        Trial.pause(GRACE_MILLIS);
      }
      orphans += place.reconcile();
      wrong = judge.atRest(project, trial.outcomes(), saidOnce);
    }
    return wrong;
  }

  private void count(Trial trial) {
    long whole = trial.outcomes().keySet().stream().mapToLong(TrialFile::size).sum();
    files += trial.outcomes().size();
    bytes += whole;
    sentAgain += Math.max(0, trial.history().bytesSent() - whole);
    internalErrors += trial.history().internalErrors();
  }

  private UploadVerdict verdict(int trials, List<String> points, double secondsPerTrial) {
    Map<String, Integer> mischief = new TreeMap<>();
    for (var proxy : List.of(stack.serviceToStore(), stack.clientToStore())) {
      proxy.mischiefDone().forEach((kind, n) -> mischief.merge(kind, n.get(), Integer::sum));
    }
    return new UploadVerdict(
        LEG,
        trials,
        points,
        neverReached,
        violations,
        plan.seed(),
        files,
        bytes,
        sentAgain,
        internalErrors,
        orphans,
        mischief,
        slowestRest,
        secondsPerTrial,
        first);
  }
}
