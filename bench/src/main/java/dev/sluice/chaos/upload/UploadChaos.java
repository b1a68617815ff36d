package dev.sluice.chaos.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.chaos.stack.CrashPoints;
import dev.sluice.chaos.stack.Stack;
import dev.sluice.local.state.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Breaks everything under uploads, and lets the judge look. */
public final class UploadChaos {
  /** Crash points that {@code sluice chaos import} comes to. */
  private static final String IMPORTS = "import.";

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
  private final Map<String, Integer> points = new TreeMap<>();
  private final Map<String, Integer> faults = new TreeMap<>();
  private final Map<Place, List<JsonNode>> catalogs = new HashMap<>();
  private int violations;
  private int files;
  private long bytes;
  private long sentAgain;
  private long internalErrors;
  private long orphans;
  private long repairs;
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

  private UploadChaos(Stack stack, EventsView events, Plan plan, Consumer<String> log) {
    this.stack = stack;
    this.events = events;
    this.plan = plan;
    this.log = log;
    this.api = new Api(stack.api(), stack.token(USER));
    this.ledger = new LedgerView(stack.database());
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
    Map<String, Object> file = place.named(TrialFile.of("any.bin", 1, 1));
    return api.ask("GET", Steps.ROOT + "/chunks" + Api.query(file), "")
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
    try (Stack stack = Stack.start(folder.resolve("upload"), quick());
        EventsView events = new EventsView(stack.broker())) {
      UploadChaos chaos = new UploadChaos(stack, events, plan, log);
      int partSize = chaos.partSize();
      long begin = System.nanoTime();
      for (int trial = 0; trial < faults.size(); trial++) {
        if (plan.only() < 0 || plan.only() == trial) {
          chaos.trial(trial, faults.get(trial), partSize);
        }
      }
      chaos.catalogsStayed();
      double seconds = (System.nanoTime() - begin) / 1e9;
      int run = plan.only() < 0 ? faults.size() : 1;
      return chaos.verdict(run, seconds / Math.max(1, run));
    }
  }

  /** Every crash point of the service but those of imports. */
  static List<String> points() throws IOException {
    Path root = Installation.locate().root();
    return CrashPoints.below(
            List.of(
                root.resolve("upload-service/src/main/java"),
                root.resolve("service-support/src/main/java")))
        .stream()
        .filter(point -> !point.startsWith(IMPORTS))
        .toList();
  }

  private void trial(int number, UploadFault fault, int partSize) throws Exception {
    String project = "c%d-%d".formatted(Math.floorMod(plan.seed(), 1_000_000L), number);
    Random random = new Random(plan.seed() * 1_000_003 + number);
    Trial trial = new Trial(stack, api, judge, events, project, fault, random, partSize);
    long begin = System.nanoTime();
    Place place = trial.run();
    long whole = System.nanoTime();
    trial.settle(place, ledger);
    double rest = (System.nanoTime() - whole) / 1e9;
    List<String> wrong = new ArrayList<>(trial.history().wrong());
    wrong.addAll(judged(place, trial, fault));
    catalogs.put(place, place.files());
    if (fault instanceof UploadFault.PointHit point) {
      points.merge(point.point(), trial.reached() ? 1 : 0, Integer::sum);
    }
    faults.merge(fault.getClass().getSimpleName(), 1, Integer::sum);
    slowestRest = Math.max(slowestRest, rest);
    count(trial);
    log.accept(
        "trial %d %s: %d files, %.1f s (%.1f until all ended, %.1f until rest, %.1f judged), %s"
            .formatted(
                number,
                fault,
                trial.outcomes().size(),
                (System.nanoTime() - begin) / 1e9,
                (whole - begin) / 1e9,
                rest,
                (System.nanoTime() - whole) / 1e9 - rest,
                !trial.reached() ? "NOT REACHED" : wrong.isEmpty() ? "well" : "WRONG " + wrong));
    if (!wrong.isEmpty()) {
      List<String> lines = trial.history().lines();
      violated(
          number,
          fault.toString(),
          wrong,
          lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
  }

  private void violated(int number, String fault, List<String> wrong, List<String> lines) {
    violations++;
    if (first == null) {
      first = new UploadVerdict.Wrong(number, fault, wrong, lines);
    }
  }

  /** Events that were delivered again after a trial was judged have changed nothing. */
  private void catalogsStayed() {
    catalogs.forEach(
        (place, before) -> {
          List<JsonNode> now = place.files();
          if (!now.equals(before)) {
            violated(
                -1,
                "events delivered again",
                List.of("I3: %s had %s, now %s".formatted(place.project(), before, now)),
                List.of());
          }
        });
  }

  /** Reconciles, which must harm nothing, and judges; young orphans are found in a second try. */
  private List<String> judged(Place place, Trial trial, UploadFault fault) throws Exception {
    boolean saidOnce = !(fault instanceof UploadFault.LedgerRestored);
    List<String> wrong = List.of("never judged");
    for (int look = 0; look < LOOKS && !wrong.isEmpty(); look++) {
      if (look > 0) {
        Trial.pause(GRACE_MILLIS);
      }
      orphans += place.reconcile();
      wrong = judge.atRest(place, trial.outcomes(), saidOnce);
    }
    return wrong;
  }

  private void count(Trial trial) {
    long whole = trial.outcomes().keySet().stream().mapToLong(TrialFile::size).sum();
    files += trial.outcomes().size();
    bytes += whole;
    sentAgain += Math.max(0, trial.history().bytesSent() - whole);
    internalErrors += trial.history().internalErrors();
    repairs += trial.history().repairs();
  }

  private UploadVerdict verdict(int trials, double secondsPerTrial) {
    Map<String, Integer> mischief = new TreeMap<>();
    for (var proxy : List.of(stack.serviceToStore(), stack.clientToStore())) {
      proxy.mischiefDone().forEach((kind, n) -> mischief.merge(kind, n.get(), Integer::sum));
    }
    return new UploadVerdict(
        LEG,
        trials,
        faults,
        points,
        points.keySet().stream().filter(point -> points.getOrDefault(point, 0) == 0).toList(),
        violations,
        plan.seed(),
        files,
        bytes,
        sentAgain,
        internalErrors,
        repairs,
        orphans,
        mischief,
        slowestRest,
        secondsPerTrial,
        first);
  }
}
