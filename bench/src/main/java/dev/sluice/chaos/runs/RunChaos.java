package dev.sluice.chaos.runs;

import dev.sluice.bench.upload.OurStack;
import dev.sluice.bench.upload.Shell;
import dev.sluice.chaos.stack.Zombies;
import dev.sluice.chaos.upload.Api;
import dev.sluice.client.DataType;
import dev.sluice.client.FileEntry;
import dev.sluice.client.NewDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Breaks everything under runs, and compares what they gave with what an undisturbed run gave. */
public final class RunChaos {
  /** The word on the command line. */
  public static final String LEG = "ray";

  private static final String SOURCE = "source";
  private static final String PROJECT = "chaos";
  private static final int AT_ONCE = 2;
  private static final int FILES = 12;
  private static final int WORDS = 60_000;
  private static final Duration COMMAND = Duration.ofMinutes(8);
  private static final Duration STILL = Duration.ofSeconds(6);
  private static final double NANOS = 1e9;

  private final OurStack stack;
  private final Api api;
  private final Plan plan;
  private final Consumer<String> log;
  private final Map<String, Integer> faults = new TreeMap<>();
  private final Map<Integer, Integer> attempts = new TreeMap<>();
  private int trials;
  private int violations;
  private RunVerdict.@Nullable Wrong first;

  /**
   * What to do.
   *
   * @param trials runs under random faults
   * @param only the one round to run, negative for all
   */
  public record Plan(int trials, long seed, int only) {}

  private RunChaos(OurStack stack, Plan plan, Consumer<String> log) {
    this.stack = stack;
    this.api = new Api(stack.api(), stack.token());
    this.plan = plan;
    this.log = log;
  }

  /** Settings that make a trial short: quick looks, quick repeats, short leases. */
  private static Map<String, String> quick() {
    Map<String, String> settings = new HashMap<>();
    settings.put("SLUICE_RUNS_POLL_EVERY", "300ms");
    settings.put("SLUICE_RUNS_LONGEST_WAIT", "1s");
    settings.put("SLUICE_RUNS_LEASE", "4s");
    return settings;
  }

  /** Runs the plan on servers of its own. */
  public static RunVerdict run(Plan plan, Path folder, Consumer<String> log) throws Exception {
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Shell shell = new Shell(logs.resolve("ray.log"), COMMAND);
    List<RunFault> faults = RunFault.sequence(Math.ceilDiv(plan.trials(), AT_ONCE), plan.seed());
    try (OurStack stack = OurStack.withRay(folder.resolve("ray"), quick(), shell)) {
      RunChaos chaos = new RunChaos(stack, plan, log);
      chaos.prepare(folder.resolve("documents"));
      List<FileEntry> undisturbed = chaos.undisturbed();
      long begin = System.nanoTime();
      for (int round = 0; round < faults.size(); round++) {
        if (plan.only() < 0 || plan.only() == round) {
          chaos.round(round, faults.get(round), RunTrial.told(undisturbed));
        }
      }
      return chaos.verdict(undisturbed, (System.nanoTime() - begin) / NANOS);
    }
  }

  /** Texts of made-up words, some of them twice. */
  private void prepare(Path folder) throws IOException, InterruptedException {
    Random random = new Random(plan.seed());
    Files.createDirectories(folder);
    for (int file = 0; file < FILES; file++) {
      StringBuilder text = new StringBuilder("# File " + file / 2 * 2 + "\n\n");
      Random words = new Random(random.nextLong() * (file % 4 == 1 ? 0 : 1));
      for (int word = 0; word < WORDS; word++) {
        text.append(Integer.toString(words.nextInt(50_000), Character.MAX_RADIX));
        text.append(word % 40 == 39 ? ".\n\n" : " ");
      }
      Files.writeString(folder.resolve("f%02d.txt".formatted(file)), text);
    }
    stack.client().projects().create(PROJECT, null);
    stack.client().datasets(PROJECT).create(NewDataset.named(SOURCE, DataType.TEXT));
    stack.sluice(PROJECT, "upload", SOURCE, folder + "/", "--seal");
  }

  private static String manifest(String dataset) {
    return """
        {"apiVersion": "core.oneblock.ai/v1alpha1", "kind": "DataSet",
         "metadata": {"name": "%s", "namespace": "%s"},
         "spec": {
           "source": {"type": "text", "url": "sluice://%s/%s@v1"},
           "destination": {"type": "s3", "format": "parquet"},
           "operators": [
             {"name": "text_normalization"},
             {"name": "document_chunk", "parameters": {"size": 400, "overlap": 40}},
             {"name": "exact_duplicates"},
             {"name": "word_duplication_rate"}],
           "rayJobConfig": {"parallelism": 4},
           "retry": {"maxAttempts": 10, "backoff": "1s"}}}
        """
        .formatted(dataset, PROJECT, PROJECT, SOURCE);
  }

  private List<FileEntry> undisturbed() throws IOException, InterruptedException {
    RunTrial trial = new RunTrial(stack, api, PROJECT, "undisturbed");
    long begin = System.nanoTime();
    trial.request(manifest("undisturbed"));
    trial.await();
    List<FileEntry> files = trial.version();
    if (!trial.wrong().isEmpty() || files.isEmpty()) {
      throw new IllegalStateException("the undisturbed run failed: " + trial.wrong());
    }
    log.accept("undisturbed in %.1f s: %s".formatted((System.nanoTime() - begin) / NANOS, files));
    return files;
  }

  private void round(int number, RunFault fault, String reference)
      throws IOException, InterruptedException {
    List<RunTrial> all = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      String dataset = "r%d-%d".formatted(number, i);
      RunTrial trial = new RunTrial(stack, api, PROJECT, dataset);
      trial.request(manifest(dataset));
      all.add(trial);
    }
    strike(fault);
    stack.up();
    faults.merge(fault.getClass().getSimpleName(), 1, Integer::sum);
    for (RunTrial trial : all) {
      trial.await();
      trial.judge(reference);
      trials++;
      attempts.merge(trial.attempt(), 1, Integer::sum);
      if (!trial.wrong().isEmpty()) {
        violations++;
        log.accept("WRONG round " + number + " " + fault + ": " + trial.wrong());
        if (first == null) {
          first = new RunVerdict.Wrong(number, fault.toString(), List.copyOf(trial.wrong()));
        }
      }
    }
    log.accept("round %d %s: attempts %s".formatted(number, fault, attempts));
  }

  private void strike(RunFault fault) {
    switch (fault) {
      case RunFault.Killed f -> {
        pause(f.afterMillis());
        f.parts().parallelStream()
            .flatMap(part -> Stream.ofNullable(stack.process(part)))
            .forEach(RunChaos::kill);
      }
      case RunFault.RayProcessKilled f -> {
        pause(f.afterMillis());
        rays(f.command()).forEach(RunChaos::kill);
      }
      case RunFault.WorkersKilled f -> {
        pause(f.afterMillis());
        for (int time = 0; time < f.times(); time++) {
          rays("ray::treated").forEach(RunChaos::kill);
          pause(500);
        }
      }
      case RunFault.ServicePaused f -> {
        pause(f.afterMillis());
        ProcessHandle service = stack.process("processing-service");
        if (service != null) {
          Zombies.signal("STOP", service.pid());
          pause((int) STILL.toMillis());
          Zombies.signal("CONT", service.pid());
        }
      }
    }
  }

  /** Processes of this stack's Ray whose title or command holds the text. */
  private List<ProcessHandle> rays(String text) {
    ProcessHandle head = stack.process("ray");
    if (head == null) {
      return List.of();
    }
    return head.descendants().filter(process -> title(process).contains(text)).toList();
  }

  /** A worker of Ray writes what it is at over its command line. */
  private static String title(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }

  private static void kill(ProcessHandle process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    CompletableFuture<ProcessHandle> end = process.onExit();
    end.join();
    children.stream()
        .filter(child -> title(child).contains("postgres"))
        .map(ProcessHandle::onExit)
        .forEach(CompletableFuture::join);
  }

  private static void pause(int millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }

  private RunVerdict verdict(List<FileEntry> undisturbed, double seconds) {
    return new RunVerdict(
        LEG,
        trials,
        faults.values().stream().mapToInt(Integer::intValue).sum(),
        violations,
        plan.seed(),
        faults,
        attempts,
        undisturbed.size(),
        Integer.toHexString(RunTrial.told(undisturbed).hashCode()),
        seconds / Math.max(1, trials),
        first);
  }
}
