package dev.sluice.bench.upload;

import dev.sluice.bench.Figure;
import dev.sluice.bench.FigureSink;
import dev.sluice.bench.Goal;
import dev.sluice.bench.Settings;
import dev.sluice.bench.Statistics;
import dev.sluice.client.Chunk;
import dev.sluice.client.NewUpload;
import dev.sluice.client.PartUrl;
import dev.sluice.client.SluiceClient;
import dev.sluice.client.Upload;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an upload killed near its end sends again, and how long many addresses take.
 *
 * @param data folder of the store, where parts are seen to arrive
 */
record Recovery(OurStack ours, Path data, Settings settings, FigureSink sink) {
  private static final String LEG = "upload";
  private static final double KILLED_AT = 0.9;
  private static final double MIB = 1 << 20;
  private static final long PART = 8L << 20;
  private static final int MOST_PARTS = 9_000;
  private static final int MOST_URLS = 10_000;
  private static final int CALLS = 30;
  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();
  private static final double NANOS_PER_MILLI = 1e6;

  void run(Path source) throws IOException, InterruptedException {
    if (settings.wants("resume")) {
      resume(source);
    }
    if (settings.wants("urls")) {
      urls();
    }
  }

  private void resume(Path source) throws IOException, InterruptedException {
    sink.say("upload: kill -9 at 90 %, then the same again");
    Workload workload = Workload.one(settings);
    Workload.Written written = workload.write(source, settings.seed() + 1);
    try {
      String project = ours.project();
      String path = written.sha256().keySet().iterator().next();
      if (!killed(project, workload.bytes(), written.folder())) {
        sink.say("upload: resume: not run: the upload ended before it could be killed");
        return;
      }
      long stored = stored(project, path, workload.bytes());
      OurStack.Uploaded again = ours.upload(project, written.folder());
      long sent = again.summary().path("bytesSent").asLong();
      if (again.summary().path("resumed").asInt() != 1) {
        throw new IllegalStateException("it was not resumed: " + again.summary());
      }
      double twice = (sent - (workload.bytes() - stored)) / MIB;
      sink.figure(Figure.alone(LEG, "resume after kill -9, stored before", "MiB", stored / MIB));
      sink.figure(Figure.alone(LEG, "resume after kill -9, sent after", "MiB", sent / MIB));
      sink.figure(
          Figure.alone(LEG, "resume after kill -9, stored parts sent again", "MiB", twice)
              .with(Goal.oursAtMost(0)));
      sink.figure(Figure.alone(LEG, "resume after kill -9, seconds", "s", again.ran().seconds()));
    } finally {
      StoreServer.delete(source);
    }
  }

  private boolean killed(String project, long size, Path folder)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(ours.uploadCommand(folder));
    builder.environment().putAll(ours.of(project));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process victim = builder.start();
    while (victim.isAlive() && arrived() < KILLED_AT * size) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    boolean alive = victim.isAlive();
    victim.destroyForcibly().waitFor();
    return alive;
  }

  /** Bytes of parts that MinIO keeps until they are merged; asking it would take too long. */
  private long arrived() throws IOException {
    Path parts = data.resolve(".minio.sys/multipart");
    if (!Files.isDirectory(parts)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(parts)) {
      return files
          .map(Path::toFile)
          .filter(file -> file.getName().matches("part\\.\\d+"))
          .mapToLong(File::length)
          .sum();
    } catch (UncheckedIOException movedMeanwhile) {
      return 0;
    }
  }

  private long stored(String project, String path, long size) {
    SluiceClient client = ours.client();
    if (client.versions(project, ours.dataset()).list().findFirst().isEmpty()) {
      return 0;
    }
    NewUpload file = new NewUpload(project, ours.dataset(), "v1", path, size, null, null);
    return client.uploads().getChunks(file).chunks().stream().mapToLong(Chunk::size).sum();
  }

  /** A file of as many parts as a file can have, of which nothing is ever sent. */
  private void urls() {
    sink.say("upload: " + MOST_URLS + " addresses in one call");
    String project = ours.project();
    SluiceClient client = ours.client();
    String version = client.versions(project, ours.dataset()).create(null).version();
    Upload upload =
        client
            .uploads()
            .newMultipart(
                new NewUpload(
                    project, ours.dataset(), version, "urls.bin", PART * MOST_PARTS, null, null));
    List<Integer> numbers =
        IntStream.range(0, MOST_URLS).map(i -> 1 + i % upload.partCount()).boxed().toList();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      long begin = System.nanoTime();
      List<PartUrl> urls = client.uploads().getMultipartUrl(upload.uploadId(), numbers);
      millis.add((System.nanoTime() - begin) / NANOS_PER_MILLI);
      if (urls.stream().anyMatch(url -> url.url() == null) || urls.size() != numbers.size()) {
        throw new IllegalStateException("not every part has an address");
      }
    }
    client.uploads().abort(upload.uploadId());
    double warm = Statistics.median(millis.subList(CALLS / 2, CALLS));
    sink.figure(
        Figure.alone(LEG, "urls, " + MOST_URLS + " in one call", "ms", warm)
            .with(Goal.oursAtMost(200)));
  }
}
