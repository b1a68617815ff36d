package dev.sluice.bench.ray;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bench.Figure;
import dev.sluice.bench.FigureSink;
import dev.sluice.bench.Goal;
import dev.sluice.bench.Leg;
import dev.sluice.bench.Pairs;
import dev.sluice.bench.Pairs.Sample;
import dev.sluice.bench.Settings;
import dev.sluice.bench.upload.Shell;
import dev.sluice.bench.upload.StoreServer;
import dev.sluice.bench.upload.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Operators on Ray: beside native Ray Data, beside Data-Juicer, with one task and with two. */
public final class RayLeg implements Leg {
  private static final Path TMPFS = Path.of("/dev/shm");
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final int LEAST = 40;
  private static final double MIB = 1 << 20;
  private static final double KILLED_AT = 0.8;
  private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();
  private static final String MASK_AND_KEEP =
      """
      [{"name": "remove_email"}, {"name": "text_length", "parameters": {"minimum": %d}}]
      """
          .formatted(LEAST);

  @Override
  public String name() {
    return "ray";
  }

  @Override
  public void run(Settings settings, FigureSink sink) throws Exception {
    Tools tools = Tools.here();
    Optional<Path> minio = tools.find("minio");
    if (minio.isEmpty()) {
      sink.say("ray: not run: minio is not on the path nor in " + Tools.VARIABLE);
      return;
    }
    Path logs = Files.createDirectories(settings.data().resolve("logs"));
    Path fast =
        Files.isWritable(TMPFS)
            ? Files.createTempDirectory(TMPFS, "sluice-bench-")
            : settings.data().resolve("ray");
    sink.say("ray: starting MinIO and a Ray head");
    try (StoreServer store =
            StoreServer.start(minio.get(), fast.resolve("minio"), logs.resolve("minio.log"));
        RayJobs jobs = RayJobs.start(settings.data().resolve("state"));
        SpecServer specs = new SpecServer()) {
      Shell shell = new Shell(logs.resolve("ray.log"), PATIENCE);
      Scripts scripts =
          new Scripts(settings.data().resolve("scripts"), jobs.python(), store, shell);
      Contest contest = new Contest(jobs, specs, scripts, store);
      for (String kind : List.of("parquet", "jsonl")) {
        rayData(contest, kind, settings, sink);
      }
      juicer(contest, tools, shell, settings, sink);
      twoTasks(contest, settings, sink);
      retry(contest, settings, sink);
      if (settings.wants(NoopCase.TITLE)) {
        NoopCase.run(settings, sink, shell, specs);
      }
    } finally {
      StoreServer.delete(fast);
    }
  }

  private void rayData(Contest contest, String kind, Settings settings, FigureSink sink)
      throws Exception {
    String title = "1 GiB " + kind + ", map + filter + write";
    if (!settings.wants(title)) {
      return;
    }
    long bytes = (long) (settings.scale() * (1L << 30));
    JsonNode input = contest.input(kind, bytes, settings.seed());
    sink.say("ray: " + title + " beside Ray Data");
    String wanted = contest.digest(contest.byRayData(kind, 2).out());
    Pairs pairs =
        Pairs.run(
            settings,
            () -> sample(contest, contest.ours(kind, input, 2, MASK_AND_KEEP), bytes, wanted),
            () -> sample(contest, contest.byRayData(kind, 2), bytes, wanted));
    sink.figure(
        Figure.beside(name(), title, "MiB/s", "Ray Data", pairs.by("rate"))
            .with(Goal.ratioAtLeast(0.97)));
  }

  private static Sample sample(Contest contest, Contest.Done done, long bytes, String wanted)
      throws IOException, InterruptedException {
    double rate = bytes / MIB / done.seconds();
    return new Sample(Map.of("rate", rate), wanted, contest.digest(done.out()));
  }

  /** Text filters and exact duplicates, one task at a time, beside Data-Juicer with one process. */
  private void juicer(Contest contest, Tools tools, Shell shell, Settings settings, FigureSink sink)
      throws Exception {
    String title = "text filters and exact duplicates, one core";
    if (!settings.wants(title)) {
      return;
    }
    Optional<Path> python = tools.python("data_juicer");
    if (python.isEmpty()) {
      sink.say("ray: not run: no Python with py-data-juicer in " + Tools.VARIABLE);
      return;
    }
    long bytes = (long) (settings.scale() * (1L << 28));
    JsonNode input = contest.input("jsonl", bytes, settings.seed());
    Juicer juicer =
        new Juicer(python.get(), contest.scripts(), shell, settings.data().resolve("juicer"));
    juicer.fetch(input);
    sink.say("ray: " + title + " beside Data-Juicer");
    String wanted = contest.digest(contest.ours("jsonl", input, 1, Juicer.OURS).out());
    Pairs pairs =
        Pairs.run(
            settings,
            () -> sample(contest, contest.ours("jsonl", input, 1, Juicer.OURS), bytes, wanted),
            () -> juicer.run(bytes / MIB, wanted));
    sink.figure(
        Figure.beside(name(), title, "MiB/s", "Data-Juicer", pairs.by("rate"))
            .with(Goal.ratioAtLeast(5)));
  }

  private void twoTasks(Contest contest, Settings settings, FigureSink sink) throws Exception {
    String title = "parallelism 1 to 2";
    if (!settings.wants(title)) {
      return;
    }
    long bytes = (long) (settings.scale() * (1L << 30));
    JsonNode input = contest.input("jsonl", bytes, settings.seed());
    sink.say("ray: " + title);
    String wanted = contest.digest(contest.ours("jsonl", input, 2, MASK_AND_KEEP).out());
    Pairs pairs =
        Pairs.run(
            settings,
            () -> sample(contest, contest.ours("jsonl", input, 2, MASK_AND_KEEP), bytes, wanted),
            () -> sample(contest, contest.ours("jsonl", input, 1, MASK_AND_KEEP), bytes, wanted));
    sink.figure(
        Figure.beside(name(), title, "MiB/s", "parallelism 1", pairs.by("rate"))
            .with(Goal.ratioAtLeast(1.7)));
  }

  /**
   * Kills a job when four fifths of its blocks are finished, and counts what its retry does again.
   */
  private void retry(Contest contest, Settings settings, FigureSink sink) throws Exception {
    String title = "retry after a kill at 80 %";
    if (!settings.wants(title)) {
      return;
    }
    sink.say("ray: " + title);
    long bytes = (long) (settings.scale() * (1L << 30));
    JsonNode input = contest.input("jsonl", bytes, settings.seed());
    String wanted = contest.digest(contest.ours("jsonl", input, 2, MASK_AND_KEEP).out());
    String out = "out-retry";
    String first = contest.submit("jsonl", input, 2, MASK_AND_KEEP, out, 1);
    while (share(contest.progress()) < KILLED_AT) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    contest.jobs().kill(first);
    String second = contest.submit("jsonl", input, 2, MASK_AND_KEEP, out, 2);
    contest.jobs().await(second);
    JsonNode blocks = contest.progress().path("blocks");
    double again = 1 - blocks.path("reused").asDouble() / blocks.path("total").asDouble();
    String got = contest.digest(out);
    if (!wanted.equals(got)) {
      throw new IllegalStateException("the retry gave " + got + " and not " + wanted);
    }
    sink.figure(
        Figure.alone(name(), title + ", blocks computed again", "share", again)
            .with(Goal.oursAtMost(0.25)));
  }

  private static double share(JsonNode progress) {
    JsonNode blocks = progress.path("blocks");
    double total = blocks.path("total").asDouble();
    return total == 0 ? 0 : blocks.path("done").asDouble() / total;
  }
}
