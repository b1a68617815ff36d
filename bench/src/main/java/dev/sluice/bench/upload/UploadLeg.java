package dev.sluice.bench.upload;

import dev.sluice.bench.Figure;
import dev.sluice.bench.FigureSink;
import dev.sluice.bench.Goal;
import dev.sluice.bench.Leg;
import dev.sluice.bench.Pairs;
import dev.sluice.bench.Pairs.Sample;
import dev.sluice.bench.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Uploads beside the best of mc, rclone and boto3 on one MinIO process, with its data on a tmpfs
 * and on disk; then what a killed upload costs, and how long addresses take.
 */
public final class UploadLeg implements Leg {
  private static final Path TMPFS = Path.of("/dev/shm");
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final int CALIBRATIONS = 2;

  /** Where the store keeps its data. */
  private record Place(String name, Path data, double goalLarge) {}

  @Override
  public String name() {
    return "upload";
  }

  @Override
  public void run(Settings settings, FigureSink sink) throws Exception {
    Tools tools = Tools.here();
    Optional<Path> minio = tools.find("minio");
    Optional<Path> rclone = tools.find("rclone");
    if (minio.isEmpty() || rclone.isEmpty()) {
      sink.say("upload: not run: minio and rclone are not on the path nor in " + Tools.VARIABLE);
      return;
    }
    Path logs = Files.createDirectories(settings.data().resolve("logs"));
    Shell shell = new Shell(logs.resolve("upload.log"), PATIENCE);
    boolean memory = Files.isWritable(TMPFS);
    Path fast = memory ? Files.createTempDirectory(TMPFS, "sluice-bench-") : settings.data();
    List<Place> places = new ArrayList<>();
    if (memory) {
      places.add(new Place("tmpfs", fast.resolve("minio"), 1.25));
    } else {
      sink.say("upload: not run on tmpfs: " + TMPFS + " cannot be written");
    }
    places.add(new Place("disk", settings.data().resolve("minio"), 0.98));
    sink.say("upload: starting MinIO and a stack on it");
    try (StoreServer store =
            StoreServer.start(minio.get(), places.getFirst().data(), logs.resolve("minio.log"));
        OurStack ours = OurStack.start(settings.data().resolve("stack"), store, Map.of(), shell)) {
      Buckets buckets = new Buckets(rclone.get(), store, shell);
      List<Peer> peers =
          Peer.all(tools, store, name -> sink.say("upload: not run: " + name + " is not here"));
      for (Place place : places) {
        if (!place.equals(places.getFirst())) {
          store.move(place.data());
        }
        for (Workload workload : workloads(settings)) {
          String title = workload.name() + ", " + place.name();
          if (settings.wants(title)) {
            Path source = fast.resolve("source");
            Contest contest =
                new Contest(store, ours, buckets, shell, place.data(), workload.total());
            contest(contest, workload, source, title, place.goalLarge(), peers, settings, sink);
          }
        }
        if (place.equals(places.getFirst())) {
          new Recovery(ours, place.data(), settings, sink).run(fast.resolve("source"));
        }
      }
    } finally {
      if (memory) {
        StoreServer.delete(fast);
      }
    }
  }

  private static List<Workload> workloads(Settings settings) {
    return List.of(
        Workload.one(settings),
        Workload.some(settings),
        Workload.many(settings),
        Workload.crowd(settings));
  }

  private void contest(
      Contest contest,
      Workload workload,
      Path source,
      String title,
      double goalLarge,
      List<Peer> peers,
      Settings settings,
      FigureSink sink)
      throws Exception {
    Workload.Written written = workload.write(source, settings.seed());
    try {
      Peer best = best(contest, workload, written, title, peers, sink);
      sink.say("upload: " + title + " beside " + best.name());
      Pairs pairs =
          Pairs.run(
              settings,
              () -> contest.ours(written),
              () -> contest.peer(best, written, workload.bytes()));
      double goal = workload.files() <= 64 ? goalLarge : 1.0;
      sink.figure(beside(title, "MB/s", best, pairs, Contest.RATE).with(Goal.ratioAtLeast(goal)));
      sink.figure(beside(title + ", verified too", "MB/s", best, pairs, Contest.RATE_VERIFIED));
      sink.figure(
          beside(title + ", client and store", "CPU s/GiB", best, pairs, Contest.CPU)
              .with(Goal.ratioAtMost(0.75)));
      sink.figure(beside(title + ", services too", "CPU s/GiB", best, pairs, Contest.CPU_SERVICES));
      sink.figure(
          Figure.alone(
              name(), title + ", verification after", "s", pairs.by(Contest.VERIFY).ours()));
    } finally {
      StoreServer.delete(source);
    }
  }

  /** The fastest peer of some runs each; each has a figure of its own. */
  private Peer best(
      Contest contest,
      Workload workload,
      Workload.Written written,
      String title,
      List<Peer> peers,
      FigureSink sink)
      throws IOException, InterruptedException {
    Peer best = null;
    double most = 0;
    for (Peer peer : peers) {
      double rate = 0;
      try {
        for (int i = 0; i < CALIBRATIONS; i++) {
          Sample sample = contest.peer(peer, written, workload.bytes());
          if (!sample.expected().equals(sample.got())) {
            throw new IllegalStateException("the store has other files than were sent");
          }
          rate = Math.max(rate, sample.values().getOrDefault(Contest.RATE, 0.0));
        }
      } catch (IllegalStateException e) {
        sink.say("upload: not run: %s, %s: %s".formatted(peer.name(), title, lastLine(e)));
        continue;
      }
      sink.figure(Figure.alone(name(), title + ", " + peer.name(), "MB/s", rate));
      if (rate > most) {
        most = rate;
        best = peer;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no peer could upload " + title);
    }
    return best;
  }

  private static String lastLine(Exception e) {
    List<String> lines =
        String.valueOf(e.getMessage()).lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "" : lines.getLast();
  }

  private Figure beside(String title, String unit, Peer best, Pairs pairs, String value) {
    return Figure.beside(name(), title, unit, best.name(), pairs.by(value));
  }
}
