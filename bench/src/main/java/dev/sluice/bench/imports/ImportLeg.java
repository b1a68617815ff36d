package dev.sluice.bench.imports;

import dev.sluice.bench.Figure;
import dev.sluice.bench.FigureSink;
import dev.sluice.bench.Goal;
import dev.sluice.bench.Leg;
import dev.sluice.bench.Pairs;
import dev.sluice.bench.Pairs.Sample;
import dev.sluice.bench.Settings;
import dev.sluice.bench.upload.Buckets;
import dev.sluice.bench.upload.OurStack;
import dev.sluice.bench.upload.Shell;
import dev.sluice.bench.upload.StoreServer;
import dev.sluice.bench.upload.Tools;
import dev.sluice.bench.upload.Workload;
import dev.sluice.client.FileEntry;
import dev.sluice.local.state.Ports;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Imports from near, from far, and from the same store, beside {@code rclone copyurl}. */
public final class ImportLeg implements Leg {
  private static final Path TMPFS = Path.of("/dev/shm");
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final double MEGA = 1e6;
  private static final double MIB = 1 << 20;
  private static final String SECRET = "bench";

  private final AtomicInteger runs = new AtomicInteger();

  @Override
  public String name() {
    return "import";
  }

  @Override
  public void run(Settings settings, FigureSink sink) throws Exception {
    Tools tools = Tools.here();
    Optional<Path> minio = tools.find("minio");
    Optional<Path> rclone = tools.find("rclone");
    if (minio.isEmpty() || rclone.isEmpty()) {
      sink.say("import: not run: minio and rclone are not on the path nor in " + Tools.VARIABLE);
      return;
    }
    Path logs = Files.createDirectories(settings.data().resolve("logs"));
    Shell shell = new Shell(logs.resolve("import.log"), PATIENCE);
    Path fast =
        Files.isWritable(TMPFS)
            ? Files.createTempDirectory(TMPFS, "sluice-bench-")
            : settings.data().resolve("import");
    Path source = fast.resolve("source");
    Workload workload = new Workload("1 GiB", 1, (long) (settings.scale() * (1L << 30)));
    int far = Ports.anyFree();
    sink.say("import: starting MinIO and a stack on it");
    Workload.Written written = workload.write(source, settings.seed());
    try (StoreServer store =
            StoreServer.start(minio.get(), fast.resolve("minio"), logs.resolve("minio.log"));
        FileServer files = FileServer.of(rclone.get(), source, logs.resolve("serve.log"));
        DelayProxy away = DelayProxy.before(files.port(), far, Duration.ofMillis(50));
        OurStack ours =
            OurStack.start(
                settings.data().resolve("stack"),
                store,
                allowing(store, files.port(), far),
                shell);
        HttpClient http = HttpClient.newHttpClient()) {
      Importer importer = new Importer(ours, http);
      Buckets buckets = new Buckets(rclone.get(), store, shell);
      if (!importer.offered()) {
        sink.say("import: not run: this stack takes no imports");
        return;
      }
      if (settings.wants("RTT 0 ms")) {
        http(importer, buckets, written, files.port(), "RTT 0 ms", 1.2, settings, sink);
      }
      if (settings.wants("RTT 50 ms")) {
        http(importer, buckets, written, away.port(), "RTT 50 ms", 5, settings, sink);
      }
      if (settings.wants("same store")) {
        sameStore(importer, buckets, store, written, sink);
      }
    } finally {
      StoreServer.delete(fast);
    }
  }

  /** What an administrator would set: the loopback address is no place to import from. */
  private static Map<String, String> allowing(StoreServer store, int near, int far) {
    String storePort = store.endpoint().substring(store.endpoint().lastIndexOf(':') + 1);
    Map<String, String> variables = new HashMap<>();
    variables.put("SLUICE_IMPORT_ALLOWED_ADDRESSES", "127.0.0.0/8");
    variables.put("SLUICE_IMPORT_ALLOWED_PORTS", near + "," + far + "," + storePort);
    String prefix =
        "SLUICE_IMPORT_CREDENTIALS__" + SECRET.toUpperCase(java.util.Locale.ROOT) + "__";
    variables.put(prefix + "HOSTS", "127.0.0.1");
    variables.put(prefix + "PROJECTS", "*");
    variables.put(prefix + "ACCESS_KEY", StoreServer.ACCESS_KEY);
    variables.put(prefix + "SECRET_KEY", StoreServer.SECRET_KEY);
    return variables;
  }

  private void http(
      Importer importer,
      Buckets buckets,
      Workload.Written written,
      int port,
      String title,
      double goal,
      Settings settings,
      FigureSink sink)
      throws Exception {
    sink.say("import: HTTP, " + title + " beside rclone copyurl");
    String path = written.sha256().firstKey();
    String url = "http://127.0.0.1:" + port + "/" + path;
    Pairs pairs =
        Pairs.run(
            settings, () -> ours(importer, url, written), () -> peer(buckets, url, path, written));
    sink.figure(
        Figure.beside(name(), "HTTP, " + title, "MB/s", "rclone copyurl", pairs.by("rate"))
            .with(Goal.ratioAtLeast(goal)));
    sink.figure(
        Figure.beside(
            name(),
            "HTTP, " + title + ", read back and sealed too",
            "MB/s",
            "rclone copyurl",
            pairs.by("rateSealed")));
  }

  private static Sample ours(Importer importer, String url, Workload.Written written)
      throws IOException, InterruptedException {
    String project = importer.ours().project();
    Importer.Imported imported = importer.run(project, Map.of("url", url));
    String expected = written.sha256().values().iterator().next();
    List<FileEntry> got = files(importer, project, imported.version());
    long bytes = got.stream().mapToLong(FileEntry::size).sum();
    return new Sample(
        Map.of(
            "rate", bytes / MEGA / imported.arrived(),
            "rateSealed", bytes / MEGA / imported.seconds()),
        List.of(expected).toString(),
        got.stream().map(FileEntry::sha256).toList().toString());
  }

  private Sample peer(Buckets buckets, String url, String path, Workload.Written written)
      throws IOException, InterruptedException {
    String bucket = "copyurl-" + runs.incrementAndGet();
    buckets.make(bucket);
    double seconds = buckets.copyUrl(url, bucket, "file").seconds();
    long size = Files.size(written.folder().resolve(path));
    double rate = size / MEGA / seconds;
    Sample sample =
        new Sample(
            Map.of("rate", rate, "rateSealed", rate),
            new TreeMap<>(Map.of("file", size)).toString(),
            buckets.list(bucket).toString());
    buckets.purge(bucket);
    return sample;
  }

  private void sameStore(
      Importer importer,
      Buckets buckets,
      StoreServer store,
      Workload.Written written,
      FigureSink sink)
      throws IOException, InterruptedException {
    sink.say("import: from the same store");
    buckets.make("elsewhere");
    buckets.copyIn(written.folder(), "elsewhere");
    String project = importer.ours().project();
    String url = "s3://elsewhere/?endpoint=" + store.endpoint() + "&region=us-east-1";
    long before = written(importer.ours());
    Importer.Imported imported = importer.run(project, Map.of("url", url, "credentials", SECRET));
    long through = written(importer.ours()) - before;
    List<String> got =
        files(importer, project, imported.version()).stream().map(FileEntry::sha256).toList();
    if (!got.equals(List.copyOf(written.sha256().values()))) {
      throw new IllegalStateException("the version has other files than the source: " + got);
    }
    sink.figure(Figure.alone(name(), "S3, same store, seconds", "s", imported.seconds()));
    sink.figure(
        Figure.alone(name(), "S3, same store, sent by us to the store", "MiB", through / MIB)
            .with(Goal.oursAtMost(1)));
  }

  private static List<FileEntry> files(Importer importer, String project, String version) {
    OurStack ours = importer.ours();
    return ours.client().versions(project, ours.dataset()).files(version).toList();
  }

  /** Bytes that the upload service ever wrote, to whomever. */
  private static long written(OurStack ours) throws IOException {
    long pid = Objects.requireNonNull(ours.process("upload-service")).pid();
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "io")).stream()
        .filter(line -> line.startsWith("wchar:"))
        .mapToLong(line -> Long.parseLong(line.substring("wchar:".length()).strip()))
        .sum();
  }
}
