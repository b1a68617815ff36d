package dev.sluice.bench.upload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.bench.Pairs.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Uploads the same files into the same store, by us or by a peer.
 *
 * @param data folder of the store, for throwing away what a run left
 */
record Contest(
    StoreServer store, OurStack ours, Buckets buckets, Shell shell, Path data, long bytes) {
  static final String RATE = "rate";
  static final String RATE_VERIFIED = "rateVerified";
  static final String CPU = "cpu";
  static final String CPU_SERVICES = "cpuServices";
  static final String VERIFY = "verify";

  private static final double MEGA = 1e6;
  private static final double GIB = 1L << 30;
  private static final double NANOS = 1e9;
  private static final AtomicInteger RUNS = new AtomicInteger();

  /** One run of ours; what was read back must be what was written. */
  Sample ours(Workload.Written written) throws IOException, InterruptedException {
    String project = ours.project();
    String bucket = Objects.requireNonNull(ours.client().projects().get(project).bucket());
    settle();
    try (Meter stored = new Meter(List.of(store.handle()));
        Meter served = new Meter(ours.processes())) {
      OurStack.Uploaded uploaded = ours.upload(project, written.folder());
      long end = System.nanoTime();
      double verify = uploaded.summary().path("verifySeconds").asDouble();
      double seconds = uploaded.ran().seconds() - verify;
      long sent = end - (long) (verify * NANOS);
      double client = uploaded.ran().cpuSeconds();
      double cpu = client + stored.until(sent);
      return new Sample(
          Map.of(
              RATE, bytes / MEGA / seconds,
              RATE_VERIFIED, bytes / MEGA / uploaded.ran().seconds(),
              CPU, cpu / (bytes / GIB),
              CPU_SERVICES, (cpu + served.until(sent)) / (bytes / GIB),
              VERIFY, verify),
          written.sha256().toString(),
          digests(uploaded.summary()).toString());
    } finally {
      forget(bucket);
    }
  }

  /** One run of a peer; the store must have every file with its size. */
  Sample peer(Peer peer, Workload.Written written, long size)
      throws IOException, InterruptedException {
    String bucket = "peer-" + RUNS.incrementAndGet();
    buckets.make(bucket);
    settle();
    try (Meter stored = new Meter(List.of(store.handle()))) {
      Shell.Ran ran = shell.run(peer.copy().into(written.folder(), bucket), peer.variables());
      double cpu = (ran.cpuSeconds() + stored.until(System.nanoTime())) / (bytes / GIB);
      Map<String, Long> expected = new TreeMap<>();
      written.sha256().keySet().forEach(path -> expected.put(path, size));
      return new Sample(
          Map.of(
              RATE,
              bytes / MEGA / ran.seconds(),
              RATE_VERIFIED,
              bytes / MEGA / ran.seconds(),
              CPU,
              cpu,
              CPU_SERVICES,
              cpu,
              VERIFY,
              0.0),
          expected.toString(),
          buckets.list(bucket).toString());
    } finally {
      forget(bucket);
    }
  }

  private static Map<String, String> digests(JsonNode summary) {
    Map<String, String> digests = new TreeMap<>();
    for (JsonNode file : summary.path("files")) {
      String result = file.path("result").asText();
      digests.put(
          file.path("path").asText(),
          result.equals("uploaded") ? file.path("sha256").asText() : result);
    }
    return digests;
  }

  /** Nobody pays for what another left to be written. */
  private void settle() throws IOException, InterruptedException {
    shell.run(List.of("sync"), Map.of());
  }

  /** Throws a bucket away under the server, which is not asked about it again. */
  private void forget(String bucket) throws IOException {
    StoreServer.delete(data.resolve(bucket));
  }
}
